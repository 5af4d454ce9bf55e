/** A budget that was raised is felt by the next message, however long the room was told to rest. */
import { expect, it } from 'vitest'
import type { BudgetAnswer } from '../../schema/domain/budget.ts'
import { newId } from '../../schema/domain/id.ts'
import type { BudgetGate } from '../core/ports.ts'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { openWholeRoom } from '../testing/node/open-whole-room.ts'
import { QUIET_HUB } from '../testing/quiet-hub.ts'
import { answerRequest } from './answer-request.ts'

const RESTING: BudgetAnswer = { granted: false, retryAfterSeconds: 86_400 }

/** A room that has been told to rest, and a line into it. */
async function openRestingRoom() {
  const budget = { answer: RESTING, looks: 0 }
  const gate: BudgetGate = {
    reserve: async () => budget.answer,
    look: async () => {
      budget.looks += 1
      return budget.answer
    },
    settle: async () => undefined,
  }
  const world = openWholeRoom(memoryStorage(), QUIET_HUB, () => false, gate)
  const line = world.line('visitor')
  const say = async (messageId: string) => {
    line.send({ type: 'message-send', messageId, text: 'Are you there?' })
    await world.settle()
  }
  line.send({ type: 'hello', after: null })
  await say('first')
  budget.looks = 0
  line.heard.length = 0
  return { world, budget, line, say }
}

const errorsIn = (frames: readonly string[]) => frames.filter((frame) => frame.includes('"code":"twin_resting"'))

it('the next message is answered once the budget is raised', async () => {
  const { world, budget, line, say } = await openRestingRoom()
  budget.answer = { granted: true }
  world.later(1)
  await say('next')
  expect(line.heard.filter((frame) => frame.includes('"type":"ack"'))).toHaveLength(1)
  expect(errorsIn(line.heard)).toEqual([])
  expect(world.model.isSpeaking()).toBe(true)
})

it('so is one that is posted', async () => {
  const { world, budget, line } = await openRestingRoom()
  budget.answer = { granted: true }
  world.later(1)
  const posted = new Request('https://twin.example/v1/conversations/c/frames', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ frames: [{ type: 'message-send', messageId: newId(), text: 'Are you there?' }] }),
  })
  const answer = await answerRequest(world.room, line.listener.holder, posted)
  expect(await answer.json()).toMatchObject({ frames: [{ type: 'ack' }] })
})

it('while it rests on, each message is told so, and the budget is asked once a second', async () => {
  const { world, budget, line, say } = await openRestingRoom()
  for (let time = 1; time <= 5; time += 1) {
    await say(`at-once-${time}`)
    expect(errorsIn(line.heard)).toHaveLength(time)
  }
  expect(budget.looks).toBe(0)
  world.later(1)
  line.send({ type: 'message-send', messageId: 'one', text: 'Still?' })
  line.send({ type: 'message-send', messageId: 'other', text: 'Still?' })
  await world.settle()
  expect(errorsIn(line.heard)).toHaveLength(7)
  expect(budget.looks).toBe(1)
})

it('a line that has ended while the budget was asked has sent nothing', async () => {
  const { world, budget, line } = await openRestingRoom()
  budget.answer = { granted: true }
  world.later(1)
  line.send({ type: 'message-send', messageId: 'next', text: 'Are you there?' })
  line.close()
  await world.settle()
  expect(world.room.turns.findByMessage('next')).toBeUndefined()
})
