import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unreadBlocks } from '../../src/config/unread-blocks.ts'

test('what a manifest declares and nothing verifies is named, and nothing else', () => {
  const written = {
    version: 1,
    model: { name: 'm', limits: { size: '1MiB', max_age: '90d' } },
    rollback: { procedure: 'ROLLBACK.md' },
    commands: { predict: { run: ['x'] }, train: { run: ['x'] } },
    retraining: null,
  }
  assert.deepEqual(unreadBlocks(written), ['model.limits.max_age', 'rollback', 'retraining'])
  assert.deepEqual(unreadBlocks({ version: 1 }), [])
  assert.deepEqual(unreadBlocks(['model']), [])
  assert.deepEqual(unreadBlocks({ model: 'text' }), [])
})
