import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './readable.ts';

test('rows are given as others would write them, by what their folder says of them', () => {
  const row = {
    id: 7,
    created_at: 0,
    ended_at: null,
    isOn: 1,
    on: 1,
    many: 1,
    asked: '{"on":0,"used_at":1}',
    note: '{}',
  };
  assert.deepEqual(readable([row], { flags: ['on'], nested: ['asked'] }), [
    {
      ...row,
      created_at: '1970-01-01T00:00:00.000Z',
      on: true,
      asked: { on: false, used_at: '1970-01-01T00:00:00.001Z' },
    },
  ]);
  assert.equal(readable(undefined), undefined);
  assert.deepEqual(readable({ asked: 'no JSON' }, { nested: ['asked'] }), { asked: 'no JSON' });
});
