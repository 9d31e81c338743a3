using Bot.Chat;
using Bot.Store;
using Bot.Teams.Addresses.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Teams.Addresses;

/// <summary>
/// Where conversations are answered, and how people are reached. Teams lets a bot speak only where it was heard of, so every activity and
/// every roster is noted. A person's id in the product is the tenant's, or the bot's own (<c>29:...</c>) for whom the tenant has no account.
/// </summary>
public sealed class References(IDbContextFactory<TeamsDb> stores, Admins admins, TimeProvider clock, StillTrue? still = null)
{
    /// <summary>What has not changed is not written again sooner.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Notes an activity's conversation, which is thereby alive, and its sender.</summary>
    /// <remarks>Somebody who writes again within the hour is looked up again only after the store has changed.</remarks>
    /// <param name="seen">What the activity tells.</param>
    /// <param name="ct">Ends the writing.</param>
    /// <param name="isAdded">It tells that the app was added there.</param>
    /// <returns>The sender as the product knows them; null where nobody is named.</returns>
    public Task<ChatPerson?> NoteAsync(Seen seen, CancellationToken ct, bool isAdded = false) =>
        still is null || isAdded ? WriteDownAsync(seen, isAdded, ct) : still.Now().OnceAsync(seen with { At = Hour(seen.At) }, once => WriteDownAsync(seen, isAdded, once));

    private static DateTimeOffset Hour(DateTimeOffset at) => at.AddTicks(-(at.Ticks % Fresh.Ticks));

    private Task<ChatPerson?> WriteDownAsync(Seen seen, bool isAdded, CancellationToken ct) => WriteAsync(
        async db =>
        {
            await NoteConversationAsync(db, seen, known => known is ConversationState.Opened && !isAdded ? ConversationState.Opened : ConversationState.Active, ct);
            if (seen.UserId is not { } userId)
            {
                return null;
            }

            var who = new Member(userId, seen.AadObjectId, seen.UserName, null);
            var person = (await NotePeopleAsync(db, seen.TenantId, Threads.Root(seen.ConversationId), [who], ct))[0];
            (person.TimeZone, person.Locale) = (seen.TimeZone ?? person.TimeZone, seen.Locale ?? person.Locale);
            if (seen.Kind == ConversationKind.Personal)
            {
                person.ChatId = seen.ConversationId;
            }

            return Named(person);
        },
        ct);

    /// <summary>Notes a roster, so that its people can be written to and named. Their addresses go through and are not noted.</summary>
    public Task<IReadOnlyList<ChatPerson>> NoteMembersAsync(string tenantId, string conversationId, IReadOnlyList<Member> members, CancellationToken ct) => WriteAsync<IReadOnlyList<ChatPerson>>(
        async db => [.. (await NotePeopleAsync(db, tenantId, Threads.Root(conversationId), members, ct)).Zip(members, (person, member) => Named(person) with { Email = member.Address })],
        ct);

    /// <summary>The app was removed from a chat, or from a team with all its channels.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="conversationId">The chat, or the team or any channel of it.</param>
    public async Task UninstalledAsync(string tenantId, string conversationId, CancellationToken ct)
    {
        var root = Threads.Root(conversationId);
        await using var db = await stores.CreateDbContextAsync(ct);
        var team = await db.Conversations.Where(c => c.TenantId == tenantId && c.ConversationId == root).Select(c => c.TeamId).FirstOrDefaultAsync(ct) ?? root;
        await db.Conversations.Where(c => c.TenantId == tenantId && (c.ConversationId == root || c.TeamId == team))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConversationState.Uninstalled), ct);
    }

    /// <summary>Whether the app is anywhere in the tenant. Chats that the bot opened by itself do not count: they end with the last place.</summary>
    public async Task<bool> IsAnywhereAsync(string tenantId, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        return await db.Conversations.AnyAsync(c => c.TenantId == tenantId && c.State == ConversationState.Active, ct);
    }

    /// <summary>The team's first channel, which has the team's id, and those of its channels that were heard of.</summary>
    public async Task<IReadOnlyList<string>> ChannelsAsync(string tenantId, string teamId, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        var known = await db.Conversations.Where(c => c.TenantId == tenantId && c.Kind == ConversationKind.Channel && c.TeamId == teamId).Select(c => c.ConversationId).ToListAsync(ct);
        return [teamId, .. known.Where(id => id != teamId)];
    }

    /// <summary>The platform refused the bot in a conversation.</summary>
    public async Task BlockedAsync(string tenantId, string conversationId, CancellationToken ct)
    {
        var root = Threads.Root(conversationId);
        await using var db = await stores.CreateDbContextAsync(ct);
        await db.Conversations.Where(c => c.TenantId == tenantId && c.ConversationId == root && c.State != ConversationState.Uninstalled)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConversationState.Blocked), ct);
    }

    /// <summary>Null for a conversation never heard of.</summary>
    public async Task<KnownConversation?> ConversationAsync(string tenantId, string conversationId, CancellationToken ct)
    {
        var root = Threads.Root(conversationId);
        await using var db = await stores.CreateDbContextAsync(ct);
        return await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == tenantId && c.ConversationId == root, ct);
    }

    /// <summary>The conversation last heard of: where its tenant is answered now. Null before anything was heard.</summary>
    public async Task<KnownConversation?> NewestAsync(string tenantId, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        return await db.Conversations.AsNoTracking().Where(c => c.TenantId == tenantId).OrderByDescending(c => c.SeenAt).FirstOrDefaultAsync(ct);
    }

    /// <param name="tenantId">Whose.</param>
    /// <param name="id">The tenant's id of the person, or the bot's own.</param>
    public async Task<KnownPerson?> PersonAsync(string tenantId, string id, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.TenantId == tenantId && (p.AadObjectId == id || p.UserId == id), ct);
    }

    /// <summary>Keeps a personal chat that the bot opened.</summary>
    public Task OpenedAsync(KnownPerson person, string chatId, Uri serviceUrl, string botId, CancellationToken ct) => WriteAsync(
        async db =>
        {
            var seen = new Seen(person.TenantId, serviceUrl, chatId, ConversationKind.Personal, null, null, botId, null, null, null, null, null, clock.GetUtcNow());
            await NoteConversationAsync(db, seen, known => known is ConversationState.Active ? ConversationState.Active : ConversationState.Opened, ct);
            await db.People.Where(p => p.TenantId == person.TenantId && p.UserId == person.UserId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ChatId, chatId), ct);
            return true;
        },
        ct);

    /// <summary>The person as the product knows them.</summary>
    public ChatPerson Named(KnownPerson person) =>
        new(person.AadObjectId ?? person.UserId, person.Name, person.TimeZone, admins.Has(person.AadObjectId, person.PrincipalName));

    /// <param name="state">The new state, of the one that is known.</param>
    private static async Task NoteConversationAsync(TeamsDb db, Seen seen, Func<ConversationState?, ConversationState> state, CancellationToken ct)
    {
        var root = Threads.Root(seen.ConversationId);
        if (await db.Conversations.FirstOrDefaultAsync(c => c.TenantId == seen.TenantId && c.ConversationId == root, ct) is not { } known)
        {
            db.Conversations.Add(new KnownConversation
            {
                TenantId = seen.TenantId, ConversationId = root, ServiceUrl = seen.ServiceUrl, Kind = seen.Kind, TeamId = seen.TeamId, ChannelId = seen.ChannelId,
                BotId = seen.BotId, State = state(null), SeenAt = seen.At,
            });
            return;
        }

        var (before, now) = (known.State, state(known.State));
        (known.ServiceUrl, known.BotId, known.State) = (seen.ServiceUrl, seen.BotId, now);
        (known.TeamId, known.ChannelId) = (seen.TeamId ?? known.TeamId, seen.ChannelId ?? known.ChannelId);
        if (seen.At - known.SeenAt > Fresh || before != now)
        {
            known.SeenAt = seen.At;
        }
    }

    private async Task<IReadOnlyList<KnownPerson>> NotePeopleAsync(TeamsDb db, string tenantId, string metIn, IReadOnlyList<Member> members, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var userIds = members.Select(m => m.UserId).ToList();
        var aadObjectIds = members.Select(m => m.AadObjectId).OfType<string>().ToList();
        var known = await db.People
            .Where(p => p.TenantId == tenantId && (userIds.Contains(p.UserId) || (p.AadObjectId != null && aadObjectIds.Contains(p.AadObjectId)))).ToListAsync(ct);
        var byUser = known.ToDictionary(p => p.UserId);
        var byAccount = known.Where(p => p.AadObjectId is not null).ToDictionary(p => p.AadObjectId!);
        var noted = new List<KnownPerson>(members.Count);
        foreach (var member in members)
        {
            if (!byUser.TryGetValue(member.UserId, out var person))
            {
                person = new KnownPerson { TenantId = tenantId, UserId = member.UserId, MetIn = metIn, SeenAt = now };
                db.People.Add(person);
                byUser[member.UserId] = person;
            }

            if (member.AadObjectId is { } account && byAccount.TryGetValue(account, out var earlier) && earlier != person)
            {
                // The bot was registered anew: the same person has a new id and a new chat, and the old ones lead nowhere.
                (person.Name, person.PrincipalName, person.TimeZone, person.Locale) = (earlier.Name, earlier.PrincipalName, earlier.TimeZone, earlier.Locale);
                db.People.Remove(earlier);
                byUser.Remove(earlier.UserId);
            }

            person.AadObjectId = member.AadObjectId ?? person.AadObjectId;
            person.Name = member.Name ?? person.Name;
            person.PrincipalName = member.PrincipalName ?? person.PrincipalName;
            if (person.AadObjectId is { } id)
            {
                byAccount[id] = person;
            }

            if (now - person.SeenAt > Fresh)
            {
                (person.MetIn, person.SeenAt) = (metIn, now);
            }

            noted.Add(person);
        }

        return noted;
    }

    /// <summary>Two activities of one newcomer may arrive at once; the second one to save reads again.</summary>
    private async Task<T> WriteAsync<T>(Func<TeamsDb, Task<T>> write, CancellationToken ct)
    {
        for (var again = true; ; again = false)
        {
            await using var db = await stores.CreateDbContextAsync(ct);
            var written = await write(db);
            try
            {
                await db.SaveChangesAsync(ct);
                return written;
            }
            catch (DbUpdateException failed) when (again && Collision.Is(failed))
            {
            }
        }
    }
}
