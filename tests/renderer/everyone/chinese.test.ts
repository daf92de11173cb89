import { visitsOf } from './visit.ts'

visitsOf('zh', false)
