// The floor of the token bench: a Worker that only hands the upstream's event stream on.
export default {
  async fetch(request, env) {
    const upstream = await fetch(`${env.UPSTREAM}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body: request.body,
    })
    return new Response(upstream.body, { headers: { 'content-type': 'text/event-stream' } })
  },
}
