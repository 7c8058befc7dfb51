// A drawing made by the server, as a picture for a document: painted here, twice as fine.
const FINE = 2
for (const place of document.querySelectorAll('[data-picture]')) {
  const button = place.querySelector('button')
  const said = place.querySelector('[role=status]')
  place.hidden = false
  button.addEventListener('click', async () => {
    said.textContent = ''
    const image = new Image()
    image.src = place.dataset.picture
    try {
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth * FINE
      canvas.height = image.naturalHeight * FINE
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
      const link = document.createElement('a')
      link.href = canvas.toDataURL('image/png')
      if (link.href.length < 100) throw new Error('empty')
      link.download = place.dataset.name
      link.click()
    } catch {
      said.textContent = button.dataset.failed
    }
  })
}
