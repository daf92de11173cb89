import { visitsOf } from './visit.ts'

visitsOf('en', true)
