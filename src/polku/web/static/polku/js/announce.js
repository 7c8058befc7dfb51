// Says a sentence aloud to screen readers, and shows it when it must not be missed.
export function announce (sentence, shown = false) {
  if (!sentence) return
  const region = document.getElementById('announcer')
  if (!region) return
  region.textContent = ''
  requestAnimationFrame(() => { region.textContent = sentence })
  if (shown) show(sentence)
}

function show (sentence) {
  const place = document.getElementById('said-now')
  if (!place) return
  const notice = document.createElement('div')
  notice.className = 'notice notice-bad'
  notice.innerHTML = '<svg class="sign" aria-hidden="true"><use href="#sign-bad"/></svg><p></p>'
  notice.querySelector('p').textContent = sentence
  place.replaceChildren(notice)
  notice.scrollIntoView({ block: 'nearest' })
}
