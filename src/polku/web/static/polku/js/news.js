// Whoever opens what a notice is about has read it; without this they press the button.
document.addEventListener('click', event => {
  const line = event.target.closest('a') && event.target.closest('.news-new')
  const form = line && line.querySelector('form')
  if (!form) return
  fetch(form.action, {
    method: 'POST', body: new FormData(form), keepalive: true, headers: { 'X-Polku-Quiet': '1' },
  })
})
