// Signs a body as GitHub's, Stripe's and Standard Webhooks' own libraries do: {scheme: {header: value}}. Arguments: secret (plain), secret
// (base64, of Standard Webhooks), body.
import { sign } from '@octokit/webhooks-methods';
import Stripe from 'stripe';
import { Webhook } from 'standardwebhooks';

const [secret, key, body] = process.argv.slice(2);
const now = new Date();

console.log(
  JSON.stringify({
    github: { 'x-hub-signature-256': await sign(secret, body) },
    stripe: { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) },
    standard: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': Math.floor(now.getTime() / 1000).toString(),
      'webhook-signature': new Webhook(key).sign('msg_1', now, body),
    },
  }),
);
