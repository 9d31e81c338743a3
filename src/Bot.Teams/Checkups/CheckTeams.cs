using System.Runtime.CompilerServices;
using Bot.Checkups;
using Bot.Teams.Connector;
using Bot.Teams.Inbound;
using Microsoft.Identity.Client;

namespace Bot.Teams.Checkups;

/// <summary>Can the Bot Connector's signing keys be read, does the login give the bot its token, and do their clock and ours agree.</summary>
internal sealed class CheckTeams(IHttpClientFactory clients, SigningKeys keys, ConnectorToken token, TeamsOptions options, TimeProvider clock) : ICheckup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string About => "Teams";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (at, lost) = await ClockAsync(ct);
        yield return lost is not null ? Finding.Fail(About, $"{options.OpenIdMetadataUrl.Host} is out of reach: {lost}. Nothing that Teams sends can be verified; check name resolution, proxy and firewall on the way out.")
            : await keys.CurrentAsync(ct) is { } read ? Finding.Ok(About, $"{options.OpenIdMetadataUrl.Host} gives {read.SigningKeys.Count} signing keys")
            : Finding.Fail(About, $"{options.OpenIdMetadataUrl.Host} answers, but gives no signing keys. Leave Teams__OpenIdMetadataUrl unset for the public cloud.");
        if (at is { } theirs)
        {
            yield return Finding.OfClock("Teams", theirs, clock.GetUtcNow());
        }

        yield return await TokenAsync(ct);
    }

    private async Task<(DateTimeOffset? At, string? Lost)> ClockAsync(CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var http = clients.CreateClient(SigningKeys.Client);
            using var response = await http.GetAsync(options.OpenIdMetadataUrl, patience.Token);
            return (response.Headers.Date, response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}");
        }
        catch (HttpRequestException broken)
        {
            return (null, broken.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"no answer within {Patience.TotalSeconds} s");
        }
    }

    private async Task<Finding> TokenAsync(CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await token.AskAsync(refused: null, patience.Token);
            return Finding.Ok(About, $"{options.LoginUrl.Host} gives the bot its token");
        }
        catch (MsalException refused)
        {
            var number = LoginErrors.Number(refused.Message);
            return Finding.Fail(About, $"the login gives no token ({refused.ErrorCode}{(number is null ? "" : $" {number}")}). {LoginErrors.Mend(number)}");
        }
        catch (HttpRequestException broken)
        {
            return Finding.Fail(About, $"{options.LoginUrl.Host} is out of reach: {broken.HttpRequestError}. Check name resolution, proxy and firewall on the way out.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Finding.Fail(About, $"{options.LoginUrl.Host} does not answer within {Patience.TotalSeconds} s.");
        }
    }
}
