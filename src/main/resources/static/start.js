// The start page hears of what is new while somebody looks at it. Without this script it is a page like any other.
(() => {
  const PAUSE = 5000;
  const PAUSE_WHILE_MOVING = 2000;
  // Somebody who has touched nothing for so long is away; the session may end then.
  const AWAY = 4 * 60 * 60 * 1000;
  const root = new URL('.', document.currentScript.src).pathname;
  const told = document.getElementById('news');
  let touched = Date.now();
  let next = 0;

  const live = () => document.getElementById('live');
  const lines = (where) => new Map([...where.querySelectorAll('[data-line]')].map((line) => [line.dataset.line, line.dataset.say]));

  function say(sentence) {
    if (told.textContent !== sentence) {
      told.textContent = sentence;
    }
  }

  /** What has the focus keeps it, where it is still there: by where it leads. */
  function replace(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const leadsTo = (element) => element.getAttribute('href') || (element.form && element.form.getAttribute('action'));
    old.replaceWith(fresh);
    if (focused) {
      const same = [...fresh.querySelectorAll('a, button')].find((element) => leadsTo(element) === leadsTo(focused));
      (same || document.getElementById('main')).focus({ preventScroll: true });
    }
  }

  async function lookAgain() {
    const answer = await fetch(root, { headers: { Accept: 'text/html' }, credentials: 'same-origin', redirect: 'error' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
    if (!answer.ok || !fresh) {
      return;
    }
    const before = lines(live());
    const news = [...lines(fresh)].filter(([line]) => !before.has(line)).map(([, sentence]) => sentence);
    replace(live(), document.adoptNode(fresh));
    if (news.length > 0) {
      say('New: ' + news.join(' '));
    }
  }

  async function look() {
    if (document.hidden || Date.now() - touched > AWAY) {
      return;
    }
    try {
      const answer = await fetch(root + 'api/v1/news', { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
      if (answer.status === 401) {
        say('You are no longer signed in. Reload the page to sign in again.');
        return;
      }
      if (answer.ok && (await answer.json()).fingerprint !== live().dataset.news) {
        await lookAgain();
      }
    } catch (unreachable) {
      // Tried again a little later.
    }
    plan();
  }

  function plan() {
    clearTimeout(next);
    next = setTimeout(look, live().classList.contains('moving') ? PAUSE_WHILE_MOVING : PAUSE);
  }

  for (const act of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(
      act,
      () => {
        const wasAway = Date.now() - touched > AWAY;
        touched = Date.now();
        if (wasAway) {
          plan();
        }
      },
      { passive: true },
    );
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(next);
    if (!document.hidden) {
      look();
    }
  });
  plan();
})();
