using System.Security.Cryptography;
using System.Text;
using Bot.Slack.Install.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Install;

/// <summary>Sends a browser to Slack's consent page with a state that is good for ten minutes, once, and in that browser only.</summary>
public sealed class BeginInstallation(IDbContextFactory<SlackDb> stores, SlackOptions options, TimeProvider clock)
{
    private const string Cookie = "afterpilot-install";
    private const int SecretBytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Uri RedirectUri => new(options.PublicUrl, "/slack/oauth");

    public async Task<IResult> HandleAsync(HttpContext call)
    {
        var (state, browser) = (Secret(), Secret());
        var now = clock.GetUtcNow();
        await using var db = await stores.CreateDbContextAsync(call.RequestAborted);
        await db.Begun.Where(b => b.ExpiresAt <= now).ExecuteDeleteAsync(call.RequestAborted);
        db.Begun.Add(new BegunInstallation { StateHash = Hash(state), BrowserHash = Hash(browser), ExpiresAt = now + Lifetime });
        await db.SaveChangesAsync(call.RequestAborted);
        call.Response.Cookies.Append(Cookie, browser, new CookieOptions
        {
            // Lax: the way back is a link from Slack's page.
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = options.PublicUrl.Scheme == "https", Path = "/slack", MaxAge = Lifetime,
        });
        return TypedResults.Redirect(QueryHelpers.AddQueryString(new Uri(options.ApiUrl, "/oauth/v2/authorize").AbsoluteUri, new Dictionary<string, string?>
        {
            ["client_id"] = options.ClientId, ["scope"] = Scope.Joined, ["redirect_uri"] = RedirectUri.AbsoluteUri, ["state"] = state,
        }));
    }

    /// <summary>Whether this browser began it within ten minutes; the state is used up by asking.</summary>
    public async Task<bool> TakeStateAsync(HttpContext call, string state)
    {
        var (hash, browser, now) = (Hash(state), Hash(call.Request.Cookies[Cookie] ?? ""), clock.GetUtcNow());
        call.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/slack" });
        await using var db = await stores.CreateDbContextAsync(call.RequestAborted);
        return await db.Begun.Where(b => b.StateHash == hash && b.BrowserHash == browser && b.ExpiresAt > now).ExecuteDeleteAsync(call.RequestAborted) == 1;
    }

    private static string Secret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
