// An OpenID Connect provider that speaks as Pro Santé Connect does: `node provider.mjs <port> <redirect uri>…`.
// Whoever comes says on a page which professional they are, and by `acr` how strongly they proved it.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { default: Provider } = await import(pathToFileURL(here.resolve("oidc-provider")).href);

const [port, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const practice = (codeProfession, finess) => ({
  codeCivilite: "MME",
  exercices: [{ codeProfession, activities: [{ raisonSocialeSite: "Maison de santé", numeroFinessSite: finess }] }],
});
const person = (sub, identifier, given_name, family_name, codeProfession) => ({
  sub,
  SubjectNameID: identifier,
  preferred_username: identifier,
  given_name,
  family_name,
  email: "awa.diallo@tilleuls.example.org",
  email_verified: true,
  SubjectRole: [`${codeProfession}^1.2.250.1.213.1.1.5.5`],
  SubjectRefPro: practice(codeProfession, "990000015"),
  Palier_Authentification: "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
});
const PEOPLE = {
  awa: person("f:1:810001234567", "810001234567", "Awa", "Diallo", "60"),
  claire: person("f:1:810007654321", "810007654321", "Claire", "Roux", "10"),
  unknown: person("f:1:810009999999", "810009999999", "Nul", "Connu", "10"),
  numberless: person("f:1:099990000", "099990000", "Sans", "Numéro", "60"),
  // another identity with Awa's number
  twin: person("f:2:810001234567", "810001234567", "Awa", "Diallo", "60"),
};

const logoutSource = (ctx, form) => {
  ctx.body = `<!doctype html><html lang="fr"><title>Au revoir</title>${form}
<button form="op.logoutForm" type="submit" name="logout" value="yes">Se déconnecter</button></html>`;
};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "liaison",
      client_secret: "a-secret-of-the-tests-that-is-long-enough",
      redirect_uris: redirects.map((base) => `${base}/pro-sante/retour`),
      post_logout_redirect_uris: redirects.map((base) => `${base}/connexion`),
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  acrValues: ["eidas1", "eidas0"],
  scopes: ["openid", "scope_all"],
  claims: { acr: null, openid: ["sub"], scope_all: Object.keys(PEOPLE.awa).filter((name) => name !== "sub") },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => Object.values(PEOPLE).find((one) => one.sub === sub) }),
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid scope_all");
    await grant.save();
    return grant;
  },
  cookies: { keys: ["a key of the tests"] },
});
provider.on("server_error", (_, error) => console.error(error));

const page = (uid) => `<!doctype html><html lang="fr"><title>Identité</title><h1>Qui êtes-vous ?</h1>
${Object.keys(PEOPLE).map((id) => `<p><a href="/interaction/${uid}?id=${id}&acr=eidas1">${id}</a></p>`).join("\n")}
</html>`;

async function interact(request, response) {
  const url = new URL(request.url, issuer);
  const uid = url.pathname.split("/")[2];
  const id = url.searchParams.get("id");
  if (id === "nobody") return provider.interactionFinished(request, response, { error: "access_denied" });
  const acr = url.searchParams.get("acr");
  if (id) return provider.interactionFinished(request, response, { login: { accountId: PEOPLE[id].sub, acr } });
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  return response.end(page(uid));
}

const callback = provider.callback();
createServer((request, response) =>
  request.url.startsWith("/interaction/") ? interact(request, response) : callback(request, response),
).listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
