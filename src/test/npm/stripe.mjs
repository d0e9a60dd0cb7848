// Lists every stream of a Stripe account by Stripe's own client: {stream: [ids as they came]}. Arguments: url, secrets, settings.
import Stripe from 'stripe';

const { protocol, hostname, port } = new URL(process.argv[2]);
const { apiKey } = JSON.parse(process.argv[3]);
const stripe = new Stripe(apiKey, { protocol: protocol.replace(':', ''), host: hostname, port, telemetry: false });

async function all(list) {
  const ids = [];
  for await (const item of list) ids.push(item.id);
  return ids;
}

console.log(
  JSON.stringify({
    account: [(await stripe.accounts.retrieveCurrent()).id],
    'webhook-endpoints': await all(stripe.webhookEndpoints.list({ limit: 100 })),
    events: await all(stripe.events.list({ limit: 100 })),
    disputes: await all(stripe.disputes.list({ limit: 100 })),
    'early-fraud-warnings': await all(stripe.radar.earlyFraudWarnings.list({ limit: 100 })),
  }),
);
