/** The twin's portrait in a circle, or its drawn initials where there is no picture or it cannot be loaded. */
export function drawFace(name: string, portraitUrl: string | null): HTMLElement {
  const face = document.createElement('span')
  face.className = 'face'
  face.ariaHidden = 'true'
  const initials = name
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join('')
  if (!portraitUrl) {
    face.textContent = initials
    return face
  }
  const picture = new Image()
  picture.alt = ''
  picture.decoding = 'async'
  picture.addEventListener('error', () => face.replaceChildren(initials))
  picture.src = portraitUrl
  face.append(picture)
  return face
}
