import type { EvidenceArea } from './behaviour.js';

const byGuide = 'SOAP API Developer Guide, exception codes; REST API Developer Guide, status codes and error responses';

/** What goes wrong in an org where somebody asks for it. */
export const faultEvidence: EvidenceArea = {
  title: 'Faults on demand',
  behaviours: [
    {
      does: 'Answers as an instance that is too busy: HTTP 503 with `SERVER_UNAVAILABLE`.',
      says: ['Server too busy'],
      grade: 'seen',
      source: `restforce/restforce#156 for code and words, ${byGuide} for the status; of SOAP the status is a guess`,
    },
    {
      does: 'Answers as an org whose calls of a day are used up: HTTP 403 with `REQUEST_LIMIT_EXCEEDED`.',
      says: ['TotalRequests Limit exceeded.'],
      grade: 'seen',
      source: 'Public client code quotes it; REST API Developer Guide for the status',
    },
    {
      does: 'Answers as an org where another transaction holds a record: `UNABLE_TO_LOCK_ROW`.',
      says: [
        'unable to obtain exclusive access to this record',
        'unable to obtain exclusive access to this record or 1 records: {}',
      ],
      grade: 'seen',
      source: 'developerforce/Force.com-JavaScript-REST-Toolkit#68 and roblesterjr04/EloquentSalesForce#59',
    },
    {
      does: 'Answers as OAuth endpoints do that cannot say what is wrong: `unknown_error`.',
      says: ['retry your request'],
      grade: 'assumed',
      source:
        'Public client code quotes it; where it stands for a busy instance is a guess; no place is at hand that shows it',
    },
    {
      does: 'Answers with the page of an instance that is down, and HTTP 503.',
      says: ["We are down for maintenance. Sorry for the inconvenience. We'll be back shortly."],
      grade: 'seen',
      source:
        'wadewegner/Force.com-Toolkit-for-NET#160, forcedotcom/cli#2487 for the status; the markup is simpler here',
    },
    {
      does: 'Refuses a session as expired that lives on, refuses a login for its rate, is slow, breaks a connection off, or sends half an answer.',
      grade: 'own',
      source: 'What clients meet in the field, on demand; the refusals are those of the parts that give them',
    },
    {
      does: 'Takes rules at `/_local/faults` and as a flag, and lets each hit a number of requests only.',
      says: [
        'Rule {}: {}',
        'At most 100 rules can wait at a time.',
        'a rule is an object, or a text like "503 operation=query times=3".',
        'there is no setting {}; there are {}.',
        'it names no fault; there are {}.',
        '{} is no setting; write one as name=value, like times=3.',
        'the setting {} stands there twice.',
        '{} is no {}; there are {}.',
        'the path is the beginning of one, with a slash first, like /services/data.',
        '{} is a whole number from {} to {}.',
        '{} never meets the operation {}; it meets {}.',
        'no path of {} begins with {}.',
        'delayMs belongs to the fault slow, not to {}.',
        'There is no fault rule with this id.',
      ],
      grade: 'own',
      source: 'No client is driven into a loop without end',
    },
    {
      does: 'Lets some settings change while it runs, at `/_local/settings`.',
      says: [
        'There is no setting "{}" that may change; there are {}.',
        '{} is a whole number from 0 to {}.',
        '{} is true or false.',
      ],
      grade: 'own',
      source:
        'Delays, limits and what differs from org to org, which tests want to try: new Connected Apps, expired certificates',
    },
    {
      does: 'Keeps web pages away from both, and from what else needs no session.',
      says: ['Web pages may not change what a local org does.', 'A local org takes this as application/json only.'],
      grade: 'own',
      source: 'A page in a browser on this machine must not be able to use a local org',
    },
  ],
};
