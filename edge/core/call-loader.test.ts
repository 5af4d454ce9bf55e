import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { callLoader } from './call-loader.ts'

it.each([
  ['an answer', { to: '/v1/embed/a?lang=en', look: { twin: { name: 'Nova' } } }],
  ['words that a replacement text takes for an order', { name: "$& $' $` $1" }],
  ['line separators and quotes', { name: '\u2028\u2029"\'`\\ </script>' }],
])('calls the loader with %s', (_case, answer) => {
  const heard: unknown[] = []
  runInNewContext(String(callLoader('(known=>{hear(JSON.stringify(known))})();\n', answer)), {
    hear: (json: string) => heard.push(JSON.parse(json)),
  })
  expect(heard).toEqual([answer])
})

it.each(['', 'console.log(1)', '(()=>{})();more()', '(known=>{})({})'])('leaves %j alone', (file) => {
  expect(callLoader(file, {})).toBeUndefined()
})
