import { visitsOf } from './halves.ts'

visitsOf(1)
