using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Bot.Checkups;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Checkups;

/// <summary>Is Slack in reach, does it take our tokens, with the scopes we need, and do its clock and ours agree.</summary>
internal sealed class CheckSlack(IHttpClientFactory clients, SlackOptions options, IDbContextFactory<SlackDb> stores, Installations installations, TimeProvider clock) : ICheckup
{
    private const int MostAsked = 20;
    private static readonly List<string> Needed = [.. Scope.All.Where(scope => !scope.IsOptional).Select(scope => scope.Name)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string About => "Slack";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // Without a token it is refused by name, which tells as much of the way there.
        var reached = await AskAsync(SlackMethods.AuthTest, null, ct);
        if (reached.Body is null)
        {
            yield return Finding.Fail(About, $"{options.ApiUrl.Host} is out of reach: {reached.Lost}. Check name resolution, proxy and firewall on the way out.");
            yield break;
        }

        yield return Finding.Ok(About, $"{options.ApiUrl.Host} answers");
        if (reached.At is { } at)
        {
            yield return Finding.OfClock("Slack", at, clock.GetUtcNow());
        }

        if (options.BotToken is { } token)
        {
            foreach (var finding in Of(await AskAsync(SlackMethods.AuthTest, token, ct), "Slack__BotToken: set the Bot User OAuth Token of the app's Install App page"))
            {
                yield return finding;
            }
        }
        else
        {
            await foreach (var finding in InstalledAsync(ct))
            {
                yield return finding;
            }
        }

        if (options.AppToken is { } app)
        {
            yield return await AskAsync(SlackMethods.ConnectionsOpen, app, ct) switch
            {
                { Body: { } body } when body.IsOn("ok") => Finding.Ok(About, "Socket Mode opens connections"),
                var no => Finding.Fail(About, $"Socket Mode opens no connection ({Why(no)}). Switch Socket Mode on in the app's settings, and give Slack__AppToken the scope connections:write."),
            };
        }
    }

    /// <summary>Many workspaces: their tokens are in the store.</summary>
    private async IAsyncEnumerable<Finding> InstalledAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            yield return Finding.Warn(About, "installations were not looked at: the host makes or changes their tables at its next start");
            yield break;
        }

        var count = await db.Installations.CountAsync(i => i.StoppedAt == null, ct);
        yield return count == 0 ? Finding.Warn(About, $"the app is installed nowhere. Install it at {new Uri(options.PublicUrl, "/slack/install")}")
            : Finding.Ok(About, count <= MostAsked ? $"installed in {count}" : $"installed in {count}, of which the newest {MostAsked} are asked");
        foreach (var row in await db.Installations.AsNoTracking().Where(i => i.StoppedAt == null).OrderByDescending(i => i.InstalledAt).Take(MostAsked).ToListAsync(ct))
        {
            if (installations.Unseal(row) is not { } token)
            {
                yield return Finding.Fail(About, $"the token of {row.Id} cannot be opened: the key ring it was sealed with is not this store's. Install the app there anew.");
                continue;
            }

            foreach (var finding in Of(await AskAsync(SlackMethods.AuthTest, token, ct), $"{row.Id}: install the app there anew"))
            {
                yield return finding;
            }
        }
    }

    /// <param name="answer">To auth.test with a token.</param>
    /// <param name="mend">What is wrong if it is not taken, and what to do.</param>
    private IEnumerable<Finding> Of(Answer answer, string mend)
    {
        if (answer.Body is not { } who || !who.IsOn("ok"))
        {
            yield return Finding.Fail(About, $"Slack does not take the token ({Why(answer)}). {mend}.");
            yield break;
        }

        yield return Finding.Ok(About, $"speaks as {who.Text("user")} in {who.Text("team")} ({who.Text("team_id")})");
        if (answer.Scopes is not { } granted)
        {
            yield return Finding.Warn(About, "Slack did not say which scopes the token has");
        }
        else if (Needed.Except(granted).ToList() is { Count: > 0 } missing)
        {
            yield return Finding.Fail(About, $"{who.Text("team_id")} lacks scopes: {string.Join(", ", missing)}. Bring the app's manifest up to date and install it there anew.");
        }
        else
        {
            yield return Finding.Ok(About, $"{who.Text("team_id")} grants all {Needed.Count} scopes that are needed");
        }
    }

    private async Task<Answer> AskAsync(SlackMethod method, string? token, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method.Name)) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var http = clients.CreateClient(SlackApi.Client);
            using var response = await http.SendAsync(request, patience.Token);
            var body = SlackJson.Parse(await response.Content.ReadAsStringAsync(patience.Token));
            var scopes = response.Headers.TryGetValues("x-oauth-scopes", out var said) ? string.Join(',', said).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
            return new Answer(body, scopes, response.Headers.Date, body is null ? $"HTTP {(int)response.StatusCode}" : null);
        }
        catch (HttpRequestException broken)
        {
            return new Answer(null, null, null, broken.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Answer(null, null, null, $"no answer within {Patience.TotalSeconds} s");
        }
    }

    private static string Why(Answer answer) => answer.Lost ?? answer.Body?.Text("error") ?? "no reason given";

    /// <param name="At">The Date header.</param>
    private sealed record Answer(JsonObject? Body, string[]? Scopes, DateTimeOffset? At, string? Lost);
}
