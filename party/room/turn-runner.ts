/**
 * Runs the turns of a room one after the other. What a reply says is journaled before it is sent; whoever stops a turn
 * ends it at once, and whatever its model still says goes nowhere.
 */
import { chooseFollowUps } from '../core/choose-follow-ups.ts'
import { tokensOfCallAtMost } from '../core/assemble-prompt.ts'
import { estimatePromptTokens } from '../core/estimate-tokens.ts'
import type { Clock, ReplyModel, RoomOwner, TwinContext } from '../core/ports.ts'
import { runTurn, type TurnEnd, type TurnPorts } from '../core/run-turn.ts'
import { newId } from '../../schema/domain/id.ts'
import type { Calls } from './calls.ts'
import type { ContextKeeper } from './context-keeper.ts'
import type { Conversation } from './conversation.ts'
import type { Spending } from './spending.ts'
import type { Turn, Turns } from './turns.ts'

const HISTORY_ENTRIES = 40

export interface TurnRunner {
  isRunning(): boolean
  /** Begins the next turn in line, unless one is running. */
  pump(owner: RoomOwner): void
  /** Ends the reply of the running turn now and aborts its model. False: that turn is not running. */
  stop(turnId: string, owner: RoomOwner, reason?: 'taken_over'): boolean
  /** Cuts the running reply short and aborts its model; it may be asked for again. Nothing else begins by it. */
  cut(): void
  /** Drops whatever is running: its model is aborted, and nothing of it is kept or said. */
  halt(): void
}

export interface TurnRunnerParts {
  readonly conversation: Conversation
  readonly turns: Turns
  readonly calls: Calls
  readonly spending: Spending
  readonly contexts: ContextKeeper
  readonly model: ReplyModel
  readonly fallbackModel: ReplyModel
  readonly clock: Clock
  /** False: nobody is here whom it would be said to. */
  mayBegin(): boolean
  broadcast(frames: readonly string[]): void
  /** A reply has ended. */
  ended(): void
  /** Something of our own is broken. */
  report(error: unknown): void
}

interface Run {
  readonly turnId: string
  readonly abort: AbortController
}

/** A runner for one room. */
export function turnRunner(parts: TurnRunnerParts): TurnRunner {
  const {
    conversation,
    turns,
    calls,
    spending,
    contexts,
    model,
    fallbackModel,
    clock,
    mayBegin,
    broadcast,
    ended,
    report,
  } = parts
  let current: Run | undefined

  function pump(owner: RoomOwner): void {
    while (!current && mayBegin()) {
      const begun = conversation.beginNext(now())
      if (!begun) return
      broadcast(begun.frames)
      const run: Run = { turnId: begun.turn.turnId, abort: new AbortController() }
      current = run
      if (begun.turn.stopped) {
        finish(run, { outcome: 'stopped', model: null })
      } else {
        answer(begun.turn, run, owner)
          .catch((error: unknown): TurnEnd => {
            report(error)
            return { outcome: 'failed', reason: 'twin_unavailable', model: null }
          })
          .then((end) => finish(run, end))
          .then(() => pump(owner))
          .catch(report)
      }
    }
  }

  async function answer(turn: Turn, run: Run, owner: RoomOwner): Promise<TurnEnd> {
    const context = await contexts.current(owner)
    if (current !== run) return { outcome: 'stopped', model: null } // meanwhile: no model is called for nobody
    if (!context) return { outcome: 'failed', reason: 'twin_unavailable', model: null }
    const request = {
      context,
      history: turns.history(turn, HISTORY_ENTRIES),
      question: turns.question(turn),
      page: turns.page(turn),
      again: turn.attempts > 1,
      first: !turns.saidElsewhere(turn),
      nonce: crypto.randomUUID().slice(0, 8),
    }
    const end = await runTurn(portsOf(turn, run, owner), request, run.abort.signal)
    return current === run && end.outcome === 'answered' ? { ...end, followUps: followUps(turn, context) } : end
  }

  /** A run that was stopped says nothing and counts nothing more. */
  function portsOf({ turnId, attempts: attempt, address }: Turn, run: Run, owner: RoomOwner): TurnPorts {
    return {
      model,
      fallbackModel,
      say(text) {
        if (current === run) broadcast(conversation.say(text))
      },
      async asks({ name, isFree }, asked) {
        const id = newId<'call'>()
        const tokens = isFree ? 0 : tokensOfCallAtMost(asked)
        const isGranted = await spending.reserve(id, tokens, { owner, address })
        if (!isGranted) return false
        if (current === run && !isFree)
          calls.begin({ id, turnId, attempt, model: name, inputTokens: estimatePromptTokens(asked) }, now())
        else spending.settle(id, 0) // nobody waits any more, or nobody counts
        return current === run
      },
      used(usage) {
        if (current === run) calls.settle(usage)
      },
    }
  }

  /** Once a reply, not once a token. */
  function followUps(turn: Turn, context: TwinContext): readonly string[] {
    const longest = Math.max(0, ...context.questions.map(({ length }) => length))
    if (longest === 0 || !turns.isNewest(turn)) return []
    const reply = conversation.written()
    return chooseFollowUps({ context, question: turns.question(turn), reply, asked: turns.questions(2 * longest) })
  }

  /** A run that was stopped is no longer the current one: its late end is nobody's. */
  function finish(run: Run, end: TurnEnd): void {
    if (current !== run) return
    current = undefined
    calls.estimate(conversation.written)
    spending.waive()
    broadcast(conversation.end(run.turnId, end, now()) ?? [])
    ended()
  }

  function now(): string {
    return new Date(clock.now()).toISOString()
  }

  return {
    isRunning: () => current !== undefined,
    pump,
    stop(turnId, owner, reason) {
      const run = current
      if (run?.turnId !== turnId) return false
      finish(run, { outcome: 'stopped', ...(reason && { reason }), model: model.name })
      run.abort.abort()
      pump(owner)
      return true
    },
    cut() {
      const run = current
      if (!run) return
      finish(run, { outcome: 'interrupted', model: model.name })
      run.abort.abort()
    },
    halt() {
      const run = current
      current = undefined
      calls.estimate(conversation.written)
      spending.waive()
      run?.abort.abort()
    },
  }
}
