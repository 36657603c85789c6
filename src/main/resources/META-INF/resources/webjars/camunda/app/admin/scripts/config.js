import { ready } from '../../../../webapps/drawbridge.js';

await ready;

export default {
  app: { name: 'Admin', vendor: 'Drawbridge' },
  dateFormat: { normal: 'ddd D MMM YYYY, HH:mm [UTC]Z', long: 'ddd D MMM YYYY, HH:mm [UTC]Z' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
