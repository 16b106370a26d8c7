import type { Messages } from './message.ts'

export const policyMessages: Messages = {}
