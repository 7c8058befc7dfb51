// A link that asks first opens its dialog here; without script it leads to a page that asks.
document.addEventListener('click', event => {
  const opener = event.target.closest('[data-dialog]')
  const dialog = opener && document.getElementById(opener.dataset.dialog)
  if (dialog?.showModal) {
    event.preventDefault()
    dialog.showModal()
  }
  event.target.closest('[data-close]')?.closest('dialog')?.close()
})
