// The page of a request hears that something has happened, and looks again. Without this script it is a page like any other.
(() => {
  const told = document.getElementById('news');
  const live = () => document.getElementById('live');
  const opened = () => new Set([...live().querySelectorAll('details[open]')].map((one) => one.id));
  let source = null;

  async function lookAgain() {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, credentials: 'same-origin', redirect: 'error' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
    if (!answer.ok || !fresh) {
      told.textContent = 'Something has changed. Reload the page to see it.';
      source.close();
      return;
    }
    const before = live().querySelectorAll('#story li').length;
    const hadFocus = live().contains(document.activeElement);
    const open = opened();
    live().replaceWith(document.adoptNode(fresh));
    open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    if (hadFocus) {
      document.getElementById('main').focus({ preventScroll: true });
    }
    told.textContent = [...live().querySelectorAll('#story li')]
      .slice(before)
      .map((line) => line.querySelector('span').textContent)
      .join(' ');
  }

  function listen() {
    source = new EventSource(location.pathname + '/events?seen=' + live().dataset.seen);
    source.addEventListener('changed', () => lookAgain().catch(() => {}));
  }

  document.addEventListener('visibilitychange', () => {
    // Nobody is told what nobody looks at.
    source.close();
    if (!document.hidden) {
      listen();
    }
  });
  if (!document.hidden) {
    listen();
  } else {
    source = { close: () => {} };
  }
})();
