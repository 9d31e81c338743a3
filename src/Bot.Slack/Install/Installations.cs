using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Bot.Slack.Install.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Install;

/// <summary>Who speaks in a workspace, and by whose leave.</summary>
/// <param name="BotUserId">The bot as a member of conversations.</param>
/// <param name="InstallerId">Who installed it; null where the token came from the configuration.</param>
/// <param name="At">When; of two installations in one workspace the later one counts.</param>
public sealed record Installed(SlackToken Token, string BotUserId, string? InstallerId, DateTimeOffset At);

/// <summary>The workspaces in which the app is installed, with their tokens.</summary>
public sealed partial class Installations(
    IDbContextFactory<SlackDb> stores, ConfiguredToken configured, HandleInbound handle, IDataProtectionProvider protection, TimeProvider clock, ILogger<Installations> log)
{
    /// <summary>What the seal of tokens is for.</summary>
    internal const string Sealed = "Afterpilot.Slack.Token";

    private const int Most = 10_000;

    /// <summary>Another host may have installed or stopped it meanwhile.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Installed? Installed)> _known = new();
    private readonly IDataProtector _seal = protection.CreateProtector(Sealed);

    /// <summary>Whose token speaks in this workspace; null where the app is not installed or no longer is.</summary>
    /// <exception cref="PlatformUnreachableException">Slack has to be asked first, and cannot be now.</exception>
    public async Task<Installed?> OfTeamAsync(string teamId, CancellationToken ct)
    {
        if (configured.IsSet)
        {
            return await configured.OfTeamAsync(teamId, ct);
        }

        var now = clock.GetUtcNow();
        if (_known.TryGetValue(teamId, out var known) && (now - known.At).Duration() < Fresh)
        {
            return known.Installed;
        }

        await using var db = await stores.CreateDbContextAsync(ct);
        var enterprise = await db.Teams.Where(t => t.TeamId == teamId).Select(t => t.EnterpriseId).FirstOrDefaultAsync(ct);
        var rows = await db.Installations.AsNoTracking().Where(i => (i.Id == teamId || i.Id == enterprise) && i.StoppedAt == null).ToListAsync(ct);
        var installed = (rows.Find(i => i.Id == teamId) ?? rows.FirstOrDefault()) is { } row ? Open(row) : null;
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[teamId] = (now, installed);
        return installed;
    }

    /// <summary>The installation a payload is for. Notes which organisation the workspace belongs to, so that an org-wide token is found by the workspace alone.</summary>
    internal async Task<Installed?> OfPayloadAsync(Whose whose, CancellationToken ct) =>
        await OfTeamAsync(whose.Team, ct) ?? (whose.Organisation is { } organisation ? await JoinAsync(whose.Team, organisation, ct) : null);

    /// <summary>The organisation's token speaks in this workspace too; null where the app is not installed in the organisation.</summary>
    public async Task<Installed?> JoinAsync(string teamId, string organisation, CancellationToken ct)
    {
        if (!configured.IsSet)
        {
            await using var db = await stores.CreateDbContextAsync(ct);
            if (!await db.Installations.AnyAsync(i => i.Id == organisation && i.StoppedAt == null, ct))
            {
                return null;
            }

            // Two payloads of a workspace that is new to us come at once.
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "Slack_Teams" ("TeamId", "EnterpriseId") VALUES ({teamId}, {organisation}) ON CONFLICT ("TeamId") DO UPDATE SET "EnterpriseId" = {organisation}""", ct);
            _known.TryRemove(teamId, out _);
        }

        return await OfTeamAsync(teamId, ct);
    }

    /// <summary>The organisation's token no longer speaks in this workspace, and does in its others.</summary>
    public async Task LeaveAsync(string teamId, string organisation, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        await db.Teams.Where(t => t.TeamId == teamId && t.EnterpriseId == organisation).ExecuteDeleteAsync(ct);
        _known.TryRemove(teamId, out _);
    }

    /// <summary>Keeps the token of a new installation; one that was there, or had stopped, is replaced.</summary>
    /// <param name="id">The team's id, or the organisation's where it is org-wide.</param>
    public async Task KeepAsync(string id, SlackToken token, string botUserId, string appId, string installerId, string scopes, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        var installed = new Installation
        {
            Id = id, Token = _seal.Protect(token.Value), BotUserId = botUserId, AppId = appId, InstallerId = installerId, Scopes = scopes, InstalledAt = clock.GetUtcNow(),
        };
        if (await db.Installations.FindAsync([id], ct) is { } known)
        {
            db.Entry(known).CurrentValues.SetValues(installed);
        }
        else
        {
            db.Installations.Add(installed);
        }

        await db.SaveChangesAsync(ct);
        _known.Clear();
        LogInstalled(id);
    }

    /// <summary>
    /// Slack no longer takes the token: it is deleted, the product is told, and nothing is said there until the app is installed anew.
    /// Told again it does no more than the first time.
    /// </summary>
    /// <param name="id">The workspace, or the organisation.</param>
    /// <param name="asOf">An installation later than this is another one, and goes on.</param>
    /// <param name="why">In Slack's words.</param>
    public async Task StopAsync(string id, DateTimeOffset asOf, string why, CancellationToken ct)
    {
        if (configured.IsSet)
        {
            configured.Refused(id, why);
            await RemovedAsync(id, $"stop:{why}:{clock.GetUtcNow().ToUnixTimeSeconds()}", ct);
            return;
        }

        await using var db = await stores.CreateDbContextAsync(ct);
        // Its own installation, or else its organisation's; a workspace cannot have both.
        var enterprise = await db.Teams.Where(t => t.TeamId == id).Select(t => t.EnterpriseId).FirstOrDefaultAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var row in await db.Installations.AsNoTracking().Where(i => (i.Id == id || i.Id == enterprise) && i.InstalledAt <= asOf).ToListAsync(ct))
        {
            var stopped = await db.Installations.Where(i => i.Id == row.Id && i.InstalledAt == row.InstalledAt && i.StoppedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.StoppedAt, now).SetProperty(i => i.StoppedBecause, why).SetProperty(i => i.Token, ""), ct);
            _known.Clear();
            if (stopped > 0)
            {
                LogStopped(row.Id, why);
            }

            var teams = await db.Teams.Where(t => t.EnterpriseId == row.Id).Select(t => t.TeamId).ToListAsync(ct);
            foreach (var team in teams.Count > 0 ? teams : [row.Id])
            {
                await RemovedAsync(team, $"stop:{row.InstalledAt.ToUnixTimeMilliseconds()}", ct);
            }
        }
    }

    private Task<Reply> RemovedAsync(string team, string delivery, CancellationToken ct) =>
        handle(new BotRemoved(new DeliveryId(delivery), new WorkspaceRef(SlackPlatform.PlatformName, team), null, null), ct);

    /// <summary>The token; null where it was sealed with another key ring than this store's.</summary>
    internal string? Unseal(Installation row)
    {
        try
        {
            return _seal.Unprotect(row.Token);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Installed? Open(Installation row)
    {
        if (Unseal(row) is { } token)
        {
            return new Installed(new SlackToken(token), row.BotUserId, row.InstallerId, row.InstalledAt);
        }

        LogUnreadable(row.Id);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Installed in {Id}")]
    private partial void LogInstalled(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped speaking in workspace {Workspace}: {Why}")]
    private partial void LogStopped(string workspace, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The token of {Id} cannot be opened: the key ring it was sealed with is not the store's. Install the app there anew")]
    private partial void LogUnreadable(string id);
}
