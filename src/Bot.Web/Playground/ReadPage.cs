using Bot.Chat;
using Bot.Loops;
using Bot.Web.Playground.Pages;
using Bot.Web.Playground.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Reads what somebody sees, and notes that they have read it.</summary>
public sealed class ReadPage(
    IDbContextFactory<PlaygroundDb> stores, TimeProvider clock, FindUpcoming findUpcoming, Catalogue catalogue, SamplePortfolio? sample = null)
{
    private const int AtOnce = 100;

    private static readonly TimeSpan OneRun = TimeSpan.FromMinutes(5);

    /// <param name="place">Who looks at what.</param>
    /// <param name="hasChosen">Whether the address names a conversation.</param>
    /// <param name="before">Only messages before this one; null for the latest.</param>
    /// <param name="formId">The form to show; an unknown one is a form that was sent or closed meanwhile, and nothing is shown.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<PageView> ReadAsync(Place place, bool hasChosen, long? before, string? formId, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (hasChosen)
        {
            await NoteAsReadAsync(store, place, ct);
        }

        var people = await store.EverybodyAsync(ct);
        var unread = await UnreadAsync(store, place.Me, ct);
        var channels = await store.Channels.AsNoTracking().OrderBy(c => c.AddedAt).ThenBy(c => c.Id).ToListAsync(ct);
        var direct = Place.DirectOf(place.Me.Id);
        var unfinished = await store.Forms.AsNoTracking().Where(f => f.PersonId == place.Me.Id).OrderBy(f => f.OpenedAt).ToListAsync(ct);

        return new PageView(
            place,
            hasChosen,
            people,
            [.. channels.Select(c => new ConversationLine(c.Id, "#" + c.Name, unread.GetValueOrDefault(c.Id), c.Id == place.In.Id))],
            new ConversationLine(direct, "Afterpilot", unread.GetValueOrDefault(direct), direct == place.In.Id),
            await TalkAsync(store, place, thread: null, before, people, ct),
            place.Thread is { } thread ? await TalkAsync(store, place, thread, before: null, people, ct) : null,
            new ClockView(clock.GetUtcNow(), place.Me.TimeZone, await findUpcoming(ct)),
            catalogue.Words,
            unfinished,
            unfinished.Find(f => f.Id == formId),
            sample is null ? null : new SampleView(sample.IsLoadedAsync is { } isLoaded ? await isLoaded(ct) : null));
    }

    private static async Task<TalkView> TalkAsync(
        PlaygroundDb store, Place place, long? thread, long? before, List<PlaygroundPerson> people, CancellationToken ct)
    {
        var latest = await store.SeenBy(place.Me, place.In.Id)
            .Where(m => (thread == null ? m.ThreadId == null : m.ThreadId == thread || m.Id == thread) && (before == null || m.Id < before))
            .OrderByDescending(m => m.Id)
            .Take(AtOnce + 1)
            .ToListAsync(ct);
        var hasMore = latest.Count > AtOnce;
        var messages = latest.Take(AtOnce).Reverse().ToList();

        var ids = messages.ConvertAll(m => (long?)m.Id);
        var replies = thread is not null ? [] : await store.SeenBy(place.Me, place.In.Id)
            .Where(m => ids.Contains(m.ThreadId))
            .GroupBy(m => m.ThreadId!.Value)
            .ToDictionaryAsync(g => g.Key, g => g.Count(), ct);

        var (zone, views) = (place.Me.TimeZone, new List<MessageView>());
        PlaygroundMessage? last = null;
        foreach (var message in messages)
        {
            var startsDay = last is null || Times.Day(last.PostedAt, zone) != Times.Day(message.PostedAt, zone);
            var followsOn = !startsDay && last!.FromId == message.FromId && last.VisibleTo == message.VisibleTo && message.PostedAt - last.PostedAt < OneRun;
            views.Add(new MessageView(
                message,
                people.Find(p => p.Id == message.FromId),
                zone,
                startsDay ? Times.Day(message.PostedAt, zone) : null,
                followsOn,
                replies.GetValueOrDefault(message.Id)));
            last = message;
        }

        return new TalkView(views, hasMore ? messages[0].Id : null);
    }

    private static async Task<Dictionary<string, int>> UnreadAsync(PlaygroundDb store, PlaygroundPerson me, CancellationToken ct) =>
        await (from message in store.Messages
               where message.FromId != me.Id && (message.VisibleTo == null || message.VisibleTo == me.Id)
                   && !store.Reads.Any(r => r.PersonId == me.Id && r.ConversationId == message.ConversationId && r.MessageId >= message.Id)
               group message by message.ConversationId)
            .ToDictionaryAsync(g => g.Key, g => g.Count(), ct);

    /// <summary>Not by SaveChanges: reading is no change that other pages need to hear of.</summary>
    private static async Task NoteAsReadAsync(PlaygroundDb store, Place place, CancellationToken ct)
    {
        var (me, conversation) = (place.Me.Id, place.In.Id);
        var latest = await store.SeenBy(place.Me, conversation).MaxAsync(m => (long?)m.Id, ct) ?? 0;
        if (!await store.Reads.AnyAsync(r => r.PersonId == me && r.ConversationId == conversation && r.MessageId >= latest, ct))
        {
            await store.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Playground_Reads" ("PersonId", "ConversationId", "MessageId") VALUES ({me}, {conversation}, {latest})
                ON CONFLICT ("PersonId", "ConversationId") DO UPDATE SET "MessageId" = max("MessageId", excluded."MessageId")
                """,
                ct);
        }
    }
}
