using System.Runtime.CompilerServices;
using Bot.Checkups;
using Bot.Host.Configuration;

namespace Bot.Host.Doctor;

/// <summary>The address on cards: encrypted, and does it lead to a host.</summary>
public sealed class CheckAddress(HostSettings settings, TimeProvider clock) : ICheckup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string About => "PublicUrl";

    /// <summary>Socket Mode alone needs no way in.</summary>
    private bool IsSpokenTo => settings.Teams is not null || settings.Slack is { AppToken: null };

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var url = settings.PublicUrl;
        yield return url.IsLoopback
            ? IsSpokenTo ? Finding.Fail(About, $"{url} is this machine's own: set the https address under which the platforms and people reach it") : Finding.Ok(About, $"{url} is this machine's own: links work here alone")
            : url.Scheme == "https" ? Finding.Ok(About, $"{url} is encrypted")
            : Finding.Fail(About, $"{url} is not encrypted, and links on cards are keys: set an https address");
        yield return await AnswersAsync(new Uri(url, "/health/live"), ct) is not { } not ? Finding.Ok(About, "leads to a host that runs")
            : Finding.Warn(About, $"leads to no host from here ({not}). That is as it should be while none runs, or where this machine cannot see its own address from inside; otherwise look at the proxy");
    }

    /// <summary>Null when it does.</summary>
    private async Task<string?> AnswersAsync(Uri live, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var http = new HttpClient();
            using var response = await http.GetAsync(live, patience.Token);
            return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
        }
        catch (HttpRequestException broken)
        {
            return broken.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds} s";
        }
    }
}
