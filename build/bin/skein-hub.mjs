#!/usr/bin/env node
import { onNode24 } from './node24.mjs'

await onNode24()
await import('../../server/admin/cli.ts')
