// Part of every web application of the engine: one sign-in for all, and what the forms under processes/forms share.

import '../zone.js';

/** Where this product is on its server: empty, or the path that it is under. */
const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/**
 * Calls this product's REST interface as the signed-in person; a refusal rejects with its sentence, its code, the field that it
 * concerns and the request that is in the way.
 */
function api(method, path, body) {
  const cookie = document.cookie.split('; ').find((c) => c.startsWith('DRAWBRIDGE-CSRF='));
  const headers = { Accept: 'application/json', 'X-CSRF-TOKEN': cookie ? cookie.slice('DRAWBRIDGE-CSRF='.length) : '' };
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  return clockIsRead.then(() => fetch(root + '/api/v1' + path, {
    method,
    headers,
    body: body ? JSON.stringify(body) : undefined,
    credentials: 'same-origin',
  })).then(
    (answer) =>
      answer.json().then(
        (content) => {
          if (!answer.ok) {
            throw {
              sentence: content.detail || 'That did not work; please try again.',
              code: content.code,
              field: content.field,
              request: content.request,
            };
          }
          return content;
        },
        () => {
          throw {
            sentence:
              answer.status === 401
                ? 'You are no longer signed in. Sign in again in another tab; what you typed stays here.'
                : 'That did not work; please try again.',
          };
        },
      ),
    () => {
      throw { sentence: 'Drawbridge cannot be reached right now; please try again.' };
    },
  );
}

/** The reader's clock, as the server keeps it: a browser may be set to another zone, or know it by another name. */
let clock = { place: 'UTC', shifts: [{ from: '1970-01-01T00:00:00Z', offset: 0, name: 'UTC' }] };
const clockIsRead = fetch(root + '/api/v1/clock', {
  headers: { Accept: 'application/json' },
  credentials: 'same-origin',
  // Nothing waits for it for ever: times are told in UTC then, and say so.
  signal: AbortSignal.timeout(10000),
})
  .then((answer) => (answer.ok ? answer.json() : clock))
  .then((read) => { clock = read; }, () => {});

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What the reader's clock is set to at a moment. */
function shiftAt(millis) {
  return clock.shifts.filter((shift) => Date.parse(shift.from) <= millis).pop() || clock.shifts[0];
}

/** What the reader's clock shows at a moment, to be read by the parts in UTC. */
function wall(millis) {
  return new Date(millis + shiftAt(millis).offset * 1000);
}

/** A moment, ISO-8601 or in milliseconds, on the reader's clock, as on our pages and in mail: Wed 25 Nov, 10:27 CET; with the year where it is another. */
function moment(iso) {
  const millis = new Date(iso).getTime();
  if (!iso || isNaN(millis)) {
    return iso || '';
  }
  const at = wall(millis);
  const year = at.getUTCFullYear() === wall(Date.now()).getUTCFullYear() ? '' : ' ' + at.getUTCFullYear();
  const time = at.toISOString().slice(11, 16);
  return DAYS[at.getUTCDay()] + ' ' + at.getUTCDate() + ' ' + MONTHS[at.getUTCMonth()] + year + ', ' + time + ' ' + shiftAt(millis).name;
}

/** The moment that is meant by what somebody typed: the first of two, and no hour that the clock jumps over. */
function typed(local) {
  const shown = Date.parse(local.slice(0, 16) + 'Z');
  const meant = clock.shifts
    .map((shift) => shown - shift.offset * 1000)
    .filter((millis) => wall(millis).getTime() === shown);
  const jumps = clock.shifts.map((shift) => Date.parse(shift.from)).filter((from) => wall(from).getTime() > shown);
  return new Date(meant.length ? Math.min(...meant) : Math.min(...jumps)).toISOString();
}

/** How far the reader's clock is ahead of UTC at a moment: +0530. */
function offset(millis) {
  const minutes = Math.round(shiftAt(millis).offset / 60);
  const two = (n) => String(Math.floor(n)).padStart(2, '0');
  return (minutes < 0 ? '-' : '+') + two(Math.abs(minutes) / 60) + two(Math.abs(minutes) % 60);
}

/** The zone of the reader's clock. */
function place() {
  return clock.place;
}


const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An ISO-8601 duration in words: PT1H30M is "1 hour 30 minutes". */
function spoken(iso) {
  const parts = DURATION.exec(iso || '');
  if (!parts) {
    return iso || '';
  }
  return ['day', 'hour', 'minute', 'second']
    .map((unit, i) => (parts[i + 1] ? parts[i + 1] + ' ' + unit + (parts[i + 1] === '1' ? '' : 's') : ''))
    .filter(Boolean)
    .join(' ');
}

/** The seconds of an ISO-8601 duration of days, hours, minutes and seconds. */
function seconds(iso) {
  const parts = DURATION.exec(iso || '') || [];
  return [86400, 3600, 60, 1].reduce((sum, unit, i) => sum + unit * Number(parts[i + 1] || 0), 0);
}

/**
 * What a preview foretells, as a form shows it: its outcome, a headline, and the sentences below it. Where less than the
 * duration asked for is given, that comes first.
 */
function foretold(preview, asked) {
  const { outcome, findings, limit } = preview.verdict;
  const less = asked && limit && seconds(limit) < seconds(asked) ? ['You get ' + spoken(limit) + ', not ' + spoken(asked) + '.'] : [];
  if (outcome === 'ALLOWED') {
    return { outcome, headline: 'Will be granted automatically', sentences: less.concat(sentences(findings)) };
  }
  if (outcome === 'NEEDS_APPROVAL') {
    const people = preview.approvers
      .map((level) => (level.quorum > 1 ? level.quorum + ' of ' : '') + level.names.join(level.quorum > 1 ? ', ' : ' or '))
      .join(', then ');
    return { outcome, headline: 'Needs approval: ' + people, sentences: less.concat(sentences(findings), helps('Granted automatically', preview.automaticIf)) };
  }
  return { outcome, headline: 'Would be refused', sentences: against(findings).concat(helps('Not refused', preview.allowedIf)) };
}

/** What one could ask for instead, as a sentence: “Granted automatically in office hours.” */
function helps(outcome, ways) {
  return (ways || []).length ? [outcome + ' ' + ways.join('; or ') + '.'] : [];
}

/** The sentences of the findings that speak against it. */
function against(findings) {
  return sentences(findings.filter((finding) => finding.effect === 'DENY' || finding.effect === 'FAILED'));
}

/** What the findings say, each sentence once. */
function sentences(findings) {
  return findings.map((finding) => finding.message).filter((text, i, all) => all.indexOf(text) === i);
}

/** The sentence in what the engine answers when it did not take a form; empty where the form itself held it back. */
function sentenceOf(failure) {
  const text = (failure && (failure.message || (failure.data && failure.data.message))) || '';
  if (/ENGINE-03005|OptimisticLocking|Cannot find task|task is null/.test(text)) {
    return 'Somebody else was faster: this has already been settled. Reload to see what is left.';
  }
  return text.replace(/^.*(?:Refusal|Exception): /, '');
}

/**
 * Names something that Tasklist draws around a form for what it does there, until the form is gone: its button, its title.
 * Tasklist draws it when it likes, and again.
 */
function named(selector, label, $scope) {
  const original = new Map();
  function name() {
    document.querySelectorAll(selector).forEach((element) => {
      const wanted = typeof label === 'function' ? label() : label;
      if (element.textContent.trim() !== wanted) {
        if (!original.has(element)) {
          original.set(element, element.textContent);
        }
        element.textContent = wanted;
      }
    });
  }
  const again = setInterval(name, 200);
  name();
  $scope.$on('$destroy', () => {
    clearInterval(again);
    original.forEach((text, element) => (element.textContent = text));
  });
}

/** Where Tasklist's own buttons are. */
const BUTTONS = { complete: '.form-actions [ng-click="complete()"]', start: '.modal-footer [ng-click="startProcessInstance()"]' };

/** What somebody had typed when they were sent to sign in again, in this tab; it waits no longer than the sign-in may take. */
const TYPED = 'drawbridge.typed';
const PATIENCE = 15 * 60 * 1000;

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(TYPED) || 'null');
    return found && Date.now() - found.at < PATIENCE && found.path === location.pathname ? found : null;
  } catch (unreadable) {
    return null;
  }
}

/** Sends somebody to sign in with more, and keeps what they have typed until they are back in this form. */
function signInAgain(more, form, what) {
  sessionStorage.setItem(TYPED, JSON.stringify({ at: Date.now(), path: location.pathname, hash: location.hash, form, what }));
  const back = location.pathname.slice(root.length) + location.search;
  location.assign(root + '/sign-in/again?more=' + encodeURIComponent(more) + '&back=' + encodeURIComponent(back));
}

/** What was typed in this form before, once; nothing where nobody was sent away from it. */
function typedBefore(form) {
  const found = kept();
  if (!found || found.form !== form) {
    return null;
  }
  sessionStorage.removeItem(TYPED);
  return found.what;
}

// The way back holds no part behind the #: the form is opened again by it.
if (kept() && /^#?\/?$/.test(location.hash)) {
  location.hash = kept().hash;
}

window.drawbridge = { root, signInAgain, typedBefore, api, clockIsRead, moment, offset, typed, place, spoken, seconds, foretold, against, sentenceOf, named, BUTTONS };

/**
 * The application's words, put where it looks for them first: it reads them while its pages are drawn already, and what came
 * before them would be named by its key.
 */
async function words() {
  const base = document.querySelector('base');
  const prefix = base.getAttribute('app-root') + '/app/' + base.getAttribute('app-name') + '/locales/';
  const name = prefix + '_locales_data_en_' + window.bust;
  const kept = JSON.parse(localStorage.getItem('camunda-web') || '{}');
  if (!kept[name]) {
    const answer = await fetch(prefix + 'en.json?bust=' + window.bust);
    kept[name] = JSON.stringify(await answer.json());
    localStorage.setItem('camunda-web', JSON.stringify(kept));
  }
}

/** Whoever may not see tasks would be told that there are none: Cockpit says nothing of tasks unless they may. */
async function tasks() {
  const base = document.querySelector('base');
  if (base.getAttribute('app-name') === 'cockpit') {
    const answer = await fetch(
      base.getAttribute('engine-api') +
        'engine/default/authorization/check?permissionName=READ&resourceName=task&resourceType=7&resourceId=*',
    );
    if ((await answer.json()).authorized === true) {
      document.documentElement.classList.add('db-sees-tasks');
    }
  }
}

/** Fulfilled once the application can be drawn; without its words it can as well. */
export const ready = Promise.allSettled([words(), tasks()]);

/** The way back, in the head of each application. */
function wayBack() {
  const head = document.querySelector('.navbar-header');
  if (head && !head.querySelector('.db-home')) {
    const link = document.createElement('a');
    link.className = 'db-home';
    link.href = root + '/';
    link.textContent = 'Start page';
    head.append(link);
  }
}

setInterval(() => {
  wayBack();
  // Their own sign-in page would be a second one.
  if (location.hash.startsWith('#/login')) {
    location.replace(root + '/sign-in');
  }
}, 250);
