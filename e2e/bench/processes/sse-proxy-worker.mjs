// The least a Worker can do between a model and a page: pass the request on and the stream back, untouched.
export default {
  fetch(request, env) {
    return fetch(`${env.UPSTREAM}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer local-key' },
      body: request.body,
    })
  },
}
