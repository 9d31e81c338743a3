using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.World;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FakeSlack.OAuth;

/// <summary>OAuth v2: the consent page, and the exchange of its code ("Installing with OAuth").</summary>
internal sealed class OAuthDoor(SlackWorld world, Installing installing)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, Code> _codes = [];

    /// <summary>Null: nobody is signed in, and the page shows an error.</summary>
    public Consent? Consent { get; set; }

    public IEnumerable<ApiMethod> All =>
        [new("oauth.v2.access", false, false, TokenKind.None, null, 600, ["code", "redirect_uri", "client_id", "client_secret", "grant_type"], Exchange)];

    public IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != world.App.ClientId)
        {
            return TypedResults.BadRequest("invalid_client_id");
        }

        var redirect = query["redirect_uri"].ToString();
        if ((redirect.Length > 0 ? redirect : world.App.RedirectUrls.FirstOrDefault()?.AbsoluteUri) is not { } back || !world.App.RedirectUrls.Any(allowed => IsAtOrBelow(back, allowed)))
        {
            return TypedResults.BadRequest($"bad_redirect_uri: {redirect}");
        }

        var scopes = query["scope"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || Consent is not { } consent)
        {
            return TypedResults.BadRequest(scopes.Length == 0 ? "invalid_scope" : "nobody is signed in");
        }

        if (consent.LeavesOut.FirstOrDefault(scope => !world.App.OptionalScopes.Contains(scope)) is { } needed)
        {
            throw new People.ImpossibleException($"The page does not let anybody leave out {needed}.");
        }

        var answer = new Dictionary<string, string?>();
        if (consent.IsGiven)
        {
            var code = world.Ids.Secret();
            lock (world.Gate)
            {
                _codes[code] = new Code(consent, [.. scopes.Except(consent.LeavesOut)], redirect, world.Now);
            }

            answer["code"] = code;
        }
        else
        {
            answer["error"] = "access_denied";
        }

        if (query.TryGetValue("state", out var state))
        {
            answer["state"] = state;
        }

        return TypedResults.Redirect(QueryHelpers.AddQueryString(back, answer));
    }

    private ApiAnswer Exchange(ApiCall call)
    {
        var (id, secret) = (call.Client?.Id ?? call.Arguments.Text("client_id"), call.Client?.Secret ?? call.Arguments.Text("client_secret"));
        if (id != world.App.ClientId)
        {
            return ApiAnswer.Refused("invalid_client_id");
        }

        if (secret != world.App.ClientSecret)
        {
            return ApiAnswer.Refused("bad_client_secret");
        }

        if (call.Arguments.Text("grant_type") is { } grant && grant != "authorization_code")
        {
            return ApiAnswer.Refused("invalid_grant_type");
        }

        if (call.Arguments.Text("code") is not { } text || !_codes.TryGetValue(text, out var code) || world.Now - code.At > Lifetime)
        {
            return ApiAnswer.Refused("invalid_code");
        }

        if (code.IsUsed)
        {
            return ApiAnswer.Refused("code_already_used");
        }

        if ((call.Arguments.Text("redirect_uri") ?? "") != code.RedirectUri)
        {
            return ApiAnswer.Refused("bad_redirect_uri", "it has to be sent again as it was in the first step");
        }

        code.IsUsed = true;
        var installed = installing.Install(code.Consent, code.Scopes);
        var workspace = code.Consent.Workspace;
        return ApiAnswer.Ok(new JsonObject
        {
            ["app_id"] = world.App.Id,
            ["authed_user"] = new JsonObject { ["id"] = code.Consent.By },
            ["scope"] = string.Join(',', installed.Scopes),
            ["token_type"] = "bot",
            ["access_token"] = installed.Token,
            ["bot_user_id"] = installed.BotUserId,
            ["team"] = installed.IsOrgWide ? null : new JsonObject { ["id"] = workspace.Id, ["name"] = workspace.Name },
            ["enterprise"] = (installed.Organisation ?? workspace.Enterprise) is { } enterprise ? new JsonObject { ["id"] = enterprise.Id, ["name"] = enterprise.Name } : null,
            ["is_enterprise_install"] = installed.IsOrgWide,
        });
    }

    private static bool IsAtOrBelow(string address, Uri allowed) =>
        !address.Contains('#', StringComparison.Ordinal) && (address == allowed.AbsoluteUri || address.StartsWith(allowed.AbsoluteUri.TrimEnd('/') + "/", StringComparison.Ordinal));

    private sealed class Code(Consent consent, string[] scopes, string redirectUri, DateTimeOffset at)
    {
        public Consent Consent { get; } = consent;

        public string[] Scopes { get; } = scopes;

        /// <summary>Empty when the first step named none: then the second must not either.</summary>
        public string RedirectUri { get; } = redirectUri;

        public DateTimeOffset At { get; } = at;

        public bool IsUsed { get; set; }
    }
}
