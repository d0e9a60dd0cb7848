// Lists every stream of an Okta org by Okta's own client: {stream: [ids as they came]}. Arguments: url, secrets, settings.
import okta from '@okta/okta-sdk-nodejs';

const orgUrl = process.argv[2];
const { token } = JSON.parse(process.argv[3]);
const client = new okta.Client({
  orgUrl,
  token,
  cacheStore: undefined,
  cacheMiddleware: null,
  testing: { disableHttpsCheck: true },
});

async function all(collection) {
  const ids = [];
  for await (const item of await collection) ids.push(item.id);
  return ids;
}

// The log's next link never ends, as the vendor documents: an empty page is its end.
async function log() {
  const collection = await client.systemLogApi.listLogEvents({
    limit: 1000,
    sortOrder: 'ASCENDING',
    since: new Date(Date.now() - 7 * 86_400_000),
  });
  const ids = [];
  for (let page = await collection.getNextPage(); page.length > 0; page = await collection.getNextPage()) {
    ids.push(...page.map((event) => event.uuid));
  }
  return ids;
}

const policies = [];
for (const type of ['OKTA_SIGN_ON', 'MFA_ENROLL', 'PASSWORD']) {
  policies.push(...(await all(client.policyApi.listPolicies({ type }))));
}
console.log(
  JSON.stringify({
    users: await all(client.userApi.listUsers({ limit: 200 })),
    apps: await all(client.applicationApi.listApplications({ limit: 200 })),
    policies,
    devices: await all(client.deviceApi.listDevices({ limit: 200 })),
    'system-log': await log(),
  }),
);
