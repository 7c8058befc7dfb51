// A file may be dropped; sending shows how far it is. Without script the form sends as any other.
for (const box of document.querySelectorAll('[data-drop]')) {
  const field = box.querySelector('input[type="file"]')
  const name = box.querySelector('.file-name')
  const bar = box.querySelector('progress')

  const shown = () => {
    name.textContent = field.files[0]?.name ?? ''
    name.hidden = !field.files.length
  }
  box.addEventListener('dragover', event => { event.preventDefault(); box.classList.add('over') })
  box.addEventListener('dragleave', () => box.classList.remove('over'))
  box.addEventListener('drop', event => {
    event.preventDefault()
    box.classList.remove('over')
    field.files = event.dataTransfer.files
    shown()
  })
  field.addEventListener('change', shown)

  field.form?.addEventListener('submit', event => {
    event.preventDefault()
    const sending = new XMLHttpRequest()
    sending.open('POST', field.form.action)
    sending.upload.addEventListener('progress', at => {
      bar.hidden = false
      if (at.lengthComputable) bar.value = (100 * at.loaded) / at.total
    })
    sending.addEventListener('load', () => arrived(sending))
    sending.addEventListener('error', () => { bar.hidden = true; field.form.submit() })
    sending.send(new FormData(field.form, event.submitter))
  })
}

// The answer is a page: after a redirect its address, else the page itself with what was wrong.
function arrived (sending) {
  if (sending.responseURL && sending.responseURL !== location.href && sending.status < 400) {
    location.assign(sending.responseURL)
  } else {
    const page = new DOMParser().parseFromString(sending.responseText, 'text/html')
    document.querySelector('main').replaceWith(page.querySelector('main'))
    document.querySelector('main').focus()
  }
}
