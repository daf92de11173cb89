import { visitsOf } from './halves.ts'

visitsOf(0)
