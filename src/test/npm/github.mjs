// Lists every stream of a GitHub organization by GitHub's own client: {stream: [ids as they came]}. Arguments: url, secrets, settings.
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { throttling } from '@octokit/plugin-throttling';

const baseUrl = process.argv[2];
const { token, privateKey } = JSON.parse(process.argv[3]);
const { organization: org, appId, installationId } = JSON.parse(process.argv[4]);
const signIn = privateKey ? { authStrategy: createAppAuth, auth: { appId, installationId, privateKey } } : { auth: token };
const octokit = new (Octokit.plugin(paginateRest, throttling))({
  baseUrl,
  ...signIn,
  throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false },
});

const list = (path, id, parameters) => octokit.paginate(`GET /orgs/{org}/${path}`, { org, per_page: 100, ...parameters }, ({ data }) => data.map(id));

console.log(
  JSON.stringify({
    repositories: await list('repos', (item) => item.id),
    members: [
      ...(await list('members', (item) => item.login, { filter: 'all' })),
      ...(await list('members', (item) => item.login, { filter: '2fa_disabled' })),
    ],
    'dependabot-alerts': await list('dependabot/alerts', (item) => item.html_url),
    'secret-scanning-alerts': await list('secret-scanning/alerts', (item) => item.html_url, { hide_secret: true }),
    'code-scanning-alerts': await list('code-scanning/alerts', (item) => item.html_url),
    'audit-log': await list('audit-log', (item) => item._document_id, { include: 'all', order: 'asc' }),
  }),
);
