// Dragging a card presses the button of its own Move menu, so both ways ask the same
const board = document.querySelector('[data-board]')
let card = null

const buttonTo = column => card?.querySelector(`[data-to="${CSS.escape(column.dataset.column)}"]`)
const columns = () => board.querySelectorAll('[data-column]')
const clear = () => columns().forEach(column => column.classList.remove('over', 'refused'))

board.addEventListener('dragstart', event => {
  card = event.target.closest('[data-card]')
  if (!card) return
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData('text/plain', card.dataset.card)
  const home = card.closest('[data-column]')
  columns().forEach(column => column.classList.toggle('refused', column !== home && !buttonTo(column)))
})
board.addEventListener('dragover', event => {
  const column = event.target.closest('[data-column]')
  columns().forEach(other => other.classList.toggle('over', other === column && !!buttonTo(column)))
  if (column && buttonTo(column)) event.preventDefault()
})
board.addEventListener('drop', event => {
  const column = event.target.closest('[data-column]')
  const button = column && buttonTo(column)
  if (!button) return
  event.preventDefault()
  button.form ? button.form.requestSubmit(button) : button.click()
})
board.addEventListener('dragend', () => { clear(); card = null })
