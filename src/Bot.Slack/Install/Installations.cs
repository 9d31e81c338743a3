using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bot.Slack.Api;
using Bot.Slack.Install.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Install;

/// <summary>Who speaks in a workspace, and by whose leave.</summary>
/// <param name="BotUserId">The bot as a member of conversations.</param>
/// <param name="InstallerId">Who installed it; null where the token came from the configuration.</param>
public sealed record Installed(SlackToken Token, string BotUserId, string? InstallerId);

/// <summary>The workspaces in which the app is installed, with their tokens.</summary>
public sealed partial class Installations(
    IDbContextFactory<SlackDb> stores, SlackApi api, SlackOptions options, IDataProtectionProvider protection, TimeProvider clock, ILogger<Installations> log)
{
    /// <summary>Another host may have installed or stopped it meanwhile.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Installed? Installed)> _known = new();
    private readonly IDataProtector _seal = protection.CreateProtector("Afterpilot.Slack.Token");
    private volatile ConfiguredTeam? _configured;

    /// <summary>Whose token speaks in this workspace; null where the app is not installed or no longer is.</summary>
    public async Task<Installed?> OfTeamAsync(string teamId, CancellationToken ct)
    {
        if (options.BotToken is { } token)
        {
            var configured = _configured ??= await AskWhoAsync(new SlackToken(token), ct);
            return configured is not null && (configured.TeamId == teamId || configured.IsOrgWide) ? configured.Installed : null;
        }

        var now = clock.GetUtcNow();
        if (_known.TryGetValue(teamId, out var known) && now - known.At < Fresh)
        {
            return known.Installed;
        }

        await using var db = await stores.CreateDbContextAsync(ct);
        var enterprise = await db.Teams.Where(t => t.TeamId == teamId).Select(t => t.EnterpriseId).FirstOrDefaultAsync(ct);
        var rows = await db.Installations.AsNoTracking().Where(i => (i.Id == teamId || i.Id == enterprise) && i.StoppedAt == null).ToListAsync(ct);
        var installed = (rows.Find(i => i.Id == teamId) ?? rows.FirstOrDefault()) is { } row ? Open(row) : null;
        _known[teamId] = (now, installed);
        return installed;
    }

    /// <summary>The installation a payload speaks of. Notes which organisation the workspace belongs to, so that an org-wide token is found by the workspace alone.</summary>
    public async Task<Installed?> OfPayloadAsync(string teamId, string? enterpriseId, CancellationToken ct)
    {
        if (options.BotToken is null && enterpriseId is not null && await OfTeamAsync(teamId, ct) is null)
        {
            await using var db = await stores.CreateDbContextAsync(ct);
            if (await db.Teams.FindAsync([teamId], ct) is { } team)
            {
                team.EnterpriseId = enterpriseId;
            }
            else
            {
                db.Teams.Add(new OrganisationTeam { TeamId = teamId, EnterpriseId = enterpriseId });
            }

            await db.SaveChangesAsync(ct);
            _known.TryRemove(teamId, out _);
        }

        return await OfTeamAsync(teamId, ct);
    }

    /// <summary>Keeps the token of a new installation; one that was there, or had stopped, is replaced.</summary>
    /// <param name="id">The team's id, or the organisation's where it is org-wide.</param>
    public async Task KeepAsync(string id, SlackToken token, string botUserId, string appId, string installerId, string scopes, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        await db.Installations.Where(i => i.Id == id).ExecuteDeleteAsync(ct);
        db.Installations.Add(new Installation
        {
            Id = id, Token = _seal.Protect(token.Value), BotUserId = botUserId, AppId = appId, InstallerId = installerId, Scopes = scopes, InstalledAt = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        _known.Clear();
        LogInstalled(id);
    }

    /// <summary>Slack no longer takes the token: it is deleted, and nothing is said there until the app is installed anew.</summary>
    public async Task StopAsync(string teamId, string why, CancellationToken ct)
    {
        if (options.BotToken is not null)
        {
            _configured = null;
            LogConfiguredTokenRefused(teamId, why);
            return;
        }

        await using var db = await stores.CreateDbContextAsync(ct);
        var enterprise = await db.Teams.Where(t => t.TeamId == teamId).Select(t => t.EnterpriseId).FirstOrDefaultAsync(ct);
        // An organisation's token ends for one workspace that left it without ending for the others.
        var ids = why == "team_access_not_granted" || enterprise is null ? [teamId] : new[] { teamId, enterprise };
        var now = clock.GetUtcNow();
        var stopped = await db.Installations.Where(i => ids.Contains(i.Id) && i.StoppedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.StoppedAt, now).SetProperty(i => i.StoppedBecause, why).SetProperty(i => i.Token, ""), ct);
        if (why == "team_access_not_granted")
        {
            await db.Teams.Where(t => t.TeamId == teamId).ExecuteDeleteAsync(ct);
        }

        _known.Clear();
        if (stopped > 0)
        {
            LogStopped(teamId, why);
        }
    }

    private Installed? Open(Installation row)
    {
        try
        {
            return new Installed(new SlackToken(_seal.Unprotect(row.Token)), row.BotUserId, row.InstallerId);
        }
        catch (CryptographicException)
        {
            LogUnreadable(row.Id);
            return null;
        }
    }

    /// <summary>Not kept when Slack cannot be asked: the next one asks again.</summary>
    private async Task<ConfiguredTeam?> AskWhoAsync(SlackToken token, CancellationToken ct)
    {
        switch (await api.CallAsync(SlackMethods.AuthTest, token, "", [], ct))
        {
            case SlackResult.Ok { Body: var who }:
                return new ConfiguredTeam((string)who["team_id"]!, who["is_enterprise_install"]?.GetValue<bool>() == true, new Installed(token, (string)who["user_id"]!, null));
            case SlackResult.Failed failed:
                LogConfiguredTokenRefused("", failed.Error);
                return null;
            default:
                return null;
        }
    }

    private sealed record ConfiguredTeam(string TeamId, bool IsOrgWide, Installed Installed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Installed in {Id}")]
    private partial void LogInstalled(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped speaking in workspace {Workspace}: {Why}")]
    private partial void LogStopped(string workspace, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack did not take Slack__BotToken for workspace {Workspace}: {Why}. Set the app's present bot token and start again")]
    private partial void LogConfiguredTokenRefused(string workspace, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The token of {Id} cannot be opened: the key ring it was sealed with is not the store's. Install the app there anew")]
    private partial void LogUnreadable(string id);
}
