import { ready } from '/webapps/drawbridge.js';

await ready;

export default {
  app: { name: 'Cockpit', vendor: 'Drawbridge' },
  dateFormat: { normal: 'LLL', long: 'LLLL' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
