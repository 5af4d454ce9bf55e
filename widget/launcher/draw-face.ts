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
  // As generated content: they are a picture, and no part of what a button says.
  const drawInitials = (): void => void (face.dataset['initials'] = initials)
  if (!portraitUrl) {
    drawInitials()
    return face
  }
  const picture = new Image()
  picture.alt = ''
  picture.decoding = 'async'
  picture.addEventListener('error', () => {
    picture.remove()
    drawInitials()
  })
  picture.src = portraitUrl
  face.append(picture)
  return face
}
