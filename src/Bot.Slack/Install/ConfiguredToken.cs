using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Install;

/// <summary>The token of the one workspace, where it came from the configuration. Slack is asked once whose it is.</summary>
public sealed partial class ConfiguredToken(SlackApi api, SlackOptions options, HandleInbound handle, TimeProvider clock, ILogger<ConfiguredToken> log) : IDisposable
{
    /// <summary>A token that was refused is not tried with every payload.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Known? _known;
    private DateTimeOffset _refusedAt = DateTimeOffset.MinValue;

    public bool IsSet => options.BotToken is not null;

    /// <exception cref="PlatformUnreachableException">Slack cannot be asked now.</exception>
    public async Task<Installed?> OfTeamAsync(string teamId, CancellationToken ct)
    {
        var known = _known ?? await AskAsync(ct);
        return known is not null && (known.TeamId == teamId || known.IsOrgWide) ? known.Installed : null;
    }

    public void Refused(string teamId, string why)
    {
        (_known, _refusedAt) = (null, clock.GetUtcNow());
        LogRefused(teamId, why);
    }

    public void Dispose() => _asking.Dispose();

    private async Task<Known?> AskAsync(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            if (_known is not null || (clock.GetUtcNow() - _refusedAt).Duration() < Pause)
            {
                return _known;
            }

            var token = new SlackToken(options.BotToken!);
            switch (await api.CallAsync(SlackMethods.AuthTest, token, "", [], ct))
            {
                case SlackResult.Ok { Body: var who } when who.Text("team_id") is { } team && who.Text("user_id") is { } bot:
                    // It may have been removed earlier and be back with this token.
                    var now = clock.GetUtcNow();
                    await handle(new BotAdded(new DeliveryId($"token:{now.ToUnixTimeMilliseconds()}"), new WorkspaceRef(SlackPlatform.PlatformName, team, who.Text("team")), null, null), ct);
                    return _known = new Known(team, who.IsOn("is_enterprise_install"), new Installed(token, bot, null, now));
                case SlackResult.Failed failed when SlackErrors.IsTokenGone(failed.Error):
                    Refused("", failed.Error);
                    return null;
                case var late:
                    throw new PlatformUnreachableException($"auth.test: {(late is SlackResult.Failed { Error: var error } ? error : late.GetType().Name)}");
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    private sealed record Known(string TeamId, bool IsOrgWide, Installed Installed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack did not take Slack__BotToken for workspace {Workspace}: {Why}. Set the app's present bot token and start again")]
    private partial void LogRefused(string workspace, string why);
}
