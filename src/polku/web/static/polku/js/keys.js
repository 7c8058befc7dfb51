// "/" goes to the search; a person who does not want single keys has no data-key on the field.
const typing = 'input, textarea, select, [contenteditable]'

document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest?.(typing)) return
  const find = document.querySelector('[data-key="/"]')
  if (!find || !find.offsetParent) return
  event.preventDefault()
  find.focus()
  find.select()
})
