/** The twin's portrait in a circle, or its drawn initials where there is no picture or it cannot be loaded. */
export function drawFace(name: string, portraitUrl: string | null): HTMLElement {
  const face = document.createElement('span')
  face.className = 'face'
  face.ariaHidden = 'true'
  // Shown as generated content while there is no picture: they are one, and no part of what a button says.
  face.dataset['initials'] = name
    .split(/\s+/)
    .map(([first]) => first)
    .slice(0, 2)
    .join('')
  if (portraitUrl) {
    const picture = new Image()
    picture.alt = ''
    picture.onerror = () => picture.remove()
    picture.src = portraitUrl
    face.append(picture)
  }
  return face
}
