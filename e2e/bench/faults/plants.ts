/**
 * Faults a product like this one has had, each as a change of its source, and the suite that is to find it. A suite that
 * finds nothing in a sound product has shown nothing until it finds these.
 */
import type { Change } from '../planted-copy.ts'
import type { SuiteName } from './suites.ts'

export interface Plant {
  readonly name: string
  readonly suite: SuiteName
  readonly changes: readonly Change[]
}

const ANSWER = 'party/room/answer-frame.ts'
const JOURNAL = 'party/room/journal.ts'
const CONVERSATION = 'party/room/conversation.ts'
const OUTBOX = 'party/room/outbox.ts'
const RUNNER = 'party/room/turn-runner.ts'
const OPEN = 'party/room/open-room.ts'

export const PLANTS: readonly Plant[] = [
  {
    name: 'some messages are never acknowledged',
    suite: 'drops',
    changes: [
      {
        file: ANSWER,
        find: `  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })`,
        replace: `  if (!/^[0-3]/.test(messageId)) send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })`,
      },
    ],
  },
  {
    name: 'acknowledged before it is durable',
    suite: 'kills',
    changes: [
      {
        file: ANSWER,
        find: `  const isNew = !turns.findByMessage(messageId)\n`,
        replace: `  const isNew = !turns.findByMessage(messageId)
  if (isNew && !frame.late) {
    const turnId = crypto.randomUUID()
    send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId })
    return void setTimeout(() => {
      globalThis.plantedTurn = turnId
      takeMessage(room, { ...speaker, send: () => true }, { ...frame, late: true })
      globalThis.plantedTurn = undefined
    }, 150)
  }
`,
      },
      {
        file: CONVERSATION,
        find: `const turnId = newId<'turn'>()`,
        replace: `const turnId = globalThis.plantedTurn ?? newId<'turn'>()`,
      },
    ],
  },
  {
    name: 'the same message twice is two',
    suite: 'drops',
    changes: [
      {
        file: CONVERSATION,
        find: `      const known = turns.findByMessage(messageId)\n      if (known) return`,
        replace: `      const known = turns.findByMessage(messageId)\n      if (known) messageId = messageId + ' '\n      if (false) return`,
      },
    ],
  },
  {
    name: 'what was joined is replayed under other numbers',
    suite: 'resumes',
    changes: [{ file: JOURNAL, find: `let number = seq\n`, replace: `let number = seq + 1\n` }],
  },
  {
    name: 'letters of several units are cut in two in a replay',
    suite: 'resumes',
    changes: [
      {
        file: JOURNAL,
        find: `run.map(({ body }) => body.length)`,
        replace: `run.map(({ body }) => Array.from(body).length)`,
      },
    ],
  },
  {
    name: 'the last frame heard is replayed again',
    suite: 'drops',
    changes: [{ file: JOURNAL, find: `where last > ? order by seq`, replace: `where last >= ? order by seq` }],
  },
  {
    name: 'a resume skips one frame',
    suite: 'drops',
    changes: [{ file: JOURNAL, find: `where last > ? order by seq`, replace: `where last > ? + 1 order by seq` }],
  },
  {
    name: 'a snapshot leaves out what is being written',
    suite: 'resumes',
    changes: [
      {
        file: 'party/room/transcript.ts',
        find: `text: isRunning ? running.text : row.text`,
        replace: `text: row.text`,
      },
    ],
  },
  {
    name: 'questions are forgotten by the outbox',
    suite: 'drops',
    changes: [
      {
        file: CONVERSATION,
        find: `        turns.add(turnId, position, context)\n        outbox.addMessage(position)\n`,
        replace: `        turns.add(turnId, position, context)\n`,
      },
    ],
  },
  {
    name: 'the outbox does not outlive the process',
    suite: 'kills',
    changes: [
      {
        file: OUTBOX,
        find: `  let draining = false\n`,
        replace: `  let draining = false\n  storage.sql.exec('delete from outbox')\n`,
      },
    ],
  },
  {
    name: 'rows leave the outbox before the archive has them',
    suite: 'archive',
    changes: [
      {
        file: OUTBOX,
        find: `        await send(left)\n`,
        replace: `        storage.transactionSync(() => queue.settle(left))\n        await send(left)\n`,
      },
    ],
  },
  {
    name: 'an interrupted reply is not marked',
    suite: 'kills',
    changes: [
      {
        file: OPEN,
        find: `  const recovered = conversation.recover(new Date(clock.now()).toISOString())\n`,
        replace: `  const recovered = []\n`,
      },
    ],
  },
  {
    name: 'no alarm is set',
    suite: 'kills',
    changes: [{ file: 'party/room/alarms.ts', find: `    alarm.setAlarm(next).catch(onLost)\n`, replace: `` }],
  },
  {
    name: 'what is asked again after a restart is asked twice',
    suite: 'kills',
    changes: [
      {
        file: RUNNER,
        find: `    const end = await runTurn(portsOf(turn, run), request, run.abort.signal)\n`,
        replace: `    const deaf = { ...portsOf(turn, run), say() {}, asks() {}, used() {} }
    if (turn.attempts > 1) void runTurn(deaf, request, run.abort.signal)
    const end = await runTurn(portsOf(turn, run), request, run.abort.signal)\n`,
      },
    ],
  },
  {
    name: 'a stopped model is not cancelled',
    suite: 'stops',
    changes: [
      {
        file: RUNNER,
        find: `      run.abort.abort()\n      pump(owner)`,
        replace: `      pump(owner)`,
      },
    ],
  },
  {
    name: 'words are said after a stop',
    suite: 'stops',
    changes: [
      {
        file: RUNNER,
        find: `        if (current === run) broadcast(conversation.say(text))`,
        replace: `        broadcast(conversation.say(text))`,
      },
      {
        file: RUNNER,
        find: `      run.abort.abort()\n      pump(owner)`,
        replace: `      setTimeout(() => run.abort.abort(), 100)\n      pump(owner)`,
      },
    ],
  },
  {
    name: 'a turn that is stopped in line is answered all the same',
    suite: 'stops',
    changes: [{ file: ANSWER, find: `return turns.stopWaiting(turnId)`, replace: `return` }],
  },
  {
    name: 'more are accepted than there are places',
    suite: 'cap',
    changes: [{ file: CONVERSATION, find: `places.left() < PLACES_A_TURN`, replace: `places.left() < 0` }],
  },
  {
    name: 'the last place is given to nobody',
    suite: 'cap',
    changes: [
      { file: CONVERSATION, find: `places.left() < PLACES_A_TURN`, replace: `places.left() < PLACES_A_TURN + 1` },
    ],
  },
  {
    name: 'who returns in a crowd is not told what came meanwhile',
    suite: 'storms',
    changes: [
      {
        file: ANSWER,
        find: `welcome.resumed ? room.journal.replayAfter(frame.after ?? 0) : []`,
        replace: `welcome.resumed && room.connections.count() < 2 ? room.journal.replayAfter(frame.after ?? 0) : []`,
      },
    ],
  },
  {
    name: 'a reply whose model failed is said to be whole',
    suite: 'model',
    changes: [
      {
        file: 'party/core/run-turn.ts',
        find: `        return { outcome: 'failed', reason: part.reason, model: model.name }`,
        replace: `        return { outcome: 'answered', model: model.name }`,
      },
    ],
  },
]
