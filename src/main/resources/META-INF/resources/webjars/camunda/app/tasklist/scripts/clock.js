// Tasklist's own dates on the reader's clock, worded as in the forms. It starts once that clock is read.
const { clockIsRead, moment, offset } = window.drawbridge;

/** The moment that Tasklist means: where it names no zone, it means that of the browser; none where it is no time at all. */
function millisOf(date) {
  if (typeof date === 'number' || date instanceof Date) {
    return Number(date);
  }
  const text = String(date);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN;
}

window.angular.module('cam.commons.filter.date').config([
  '$provide',
  ($provide) => {
    $provide.decorator('camDateFilter', [
      '$delegate',
      '$filter',
      (theirs, $filter) => (date, form) => {
        const millis = millisOf(date);
        if (!millis) {
          return theirs(date, form);
        }
        const part = { day: 'dd', monthName: 'MMMM' }[form];
        return part ? $filter('date')(millis, part) : moment(millis);
      },
    ]);
    $provide.decorator('dateFilter', [
      '$delegate',
      (theirs) => (date, form, zone) => {
        const millis = zone ? NaN : millisOf(date);
        return theirs(date, form, millis ? offset(millis) : zone);
      },
    ]);
  },
]);

await clockIsRead;
