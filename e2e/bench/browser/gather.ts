/** Everybody who is measured: ours, and each peer that can be had. One that cannot is named with its reason. */
import type { BenchOptions } from '../bench-options.ts'
import { installPeer, peerVersion, type PeerName } from '../peers.ts'
import { deepChat } from './candidates/deep-chat.ts'
import { elevenlabs } from './candidates/elevenlabs.ts'
import { n8n } from './candidates/n8n.ts'
import { ours, oursInline } from './candidates/ours.ts'
import { typebot } from './candidates/typebot.ts'
import type { Candidate, Entry } from './candidate.ts'
import type { Front } from './front.ts'
import type { Script } from './script.ts'
import type { World } from './world.ts'

const PEERS: Readonly<Record<PeerName, (front: Front, folder: string, script: Script) => Candidate>> = {
  'deep-chat': deepChat,
  typebot,
  n8n,
  elevenlabs,
}

/** `script`: what each of them says when asked. */
export async function gather(world: World, script: Script, { only }: BenchOptions): Promise<Entry[]> {
  const wanted = (name: string): boolean => only.length === 0 || only.includes(name)
  const peers = Object.entries(PEERS).filter(([name]) => wanted(name))
  if (peers.length > 0) console.log(`Beside ${peers.map(([name]) => peerVersion(peerName(name))).join(', ')}.`)
  const entries = peers.map(async ([name, make]): Promise<Entry> => {
    const peer = await installPeer(peerName(name))
    return 'folder' in peer ? make(world.front, peer.folder, script) : { name: peerName(name), reason: peer.reason }
  })
  const own = [...(wanted('ours') ? [await ours(world)] : []), ...(wanted('ours-inline') ? [oursInline(world)] : [])]
  return [...own, ...(await Promise.all(entries))]
}

function peerName(name: string): PeerName {
  const known = (['deep-chat', 'typebot', 'n8n', 'elevenlabs'] as const).find((one) => one === name)
  if (!known) throw new Error(`${name} is no peer.`)
  return known
}
