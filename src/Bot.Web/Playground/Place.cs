using System.Globalization;
using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Bot.Web.Playground;

/// <summary>Who looks at what: it is in every address and goes along with every post, so that everything works without a script.</summary>
/// <param name="Thread">The thread that is open beside the conversation.</param>
/// <param name="InThread">Whether it was the thread in which something was pressed or typed.</param>
public sealed record Place(PlaygroundPerson Me, Conversation In, long? Thread, bool InThread = false)
{
    public const string Root = "/playground";
    public const string DirectPrefix = "dm-";

    /// <summary>Names of posted fields start so, fields of cards with <see cref="Typed.Prefix"/>: they cannot meet.</summary>
    public const string AsField = "pg.as";
    public const string InField = "pg.in";
    public const string ThreadField = "pg.thread";
    public const string PaneField = "pg.pane";
    public const string ThreadPane = "thread";

    public bool IsDirect => In.Kind == ConversationKind.Personal;

    /// <summary>The thread an answer belongs in.</summary>
    public long? AnswersIn => InThread ? Thread : null;

    public string Label => IsDirect ? "Afterpilot" : "#" + In.Name;

    public static string DirectOf(string personId) => DirectPrefix + personId;

    public static Conversation Direct(PlaygroundPerson person) => new(DirectOf(person.Id), ConversationKind.Personal);

    public string Url(string? more = null) => Address(Me.Id, In.Id, Thread) + more;

    public static string Address(string personId, string? conversationId = null, long? thread = null) =>
        $"{Root}?as={Uri.EscapeDataString(personId)}"
        + (conversationId is null ? "" : $"&in={Uri.EscapeDataString(conversationId)}")
        + (thread is null ? "" : $"&thread={thread}");

    /// <summary>Null when there is no such person, or no such conversation or thread for them.</summary>
    public static async Task<Place?> FindAsync(
        PlaygroundDb store, StringValues asWhom, StringValues inWhat, StringValues thread, StringValues pane, CancellationToken ct)
    {
        var personId = asWhom.ToString();
        if (await store.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, ct) is not { } me
            || await store.ConversationAsync(inWhat.ToString(), ct) is not { } conversation
            || (conversation.Kind == ConversationKind.Personal && conversation.Id != DirectOf(me.Id)))
        {
            return null;
        }

        if (string.IsNullOrEmpty(thread.ToString()))
        {
            return new Place(me, conversation, null);
        }

        return ReadId(thread.ToString()) is { } root
            && await store.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == root && m.ConversationId == conversation.Id, ct) is { } message
            && message.IsSeenBy(me)
                ? new Place(me, conversation, message.ThreadId ?? root, pane.ToString() == ThreadPane)
                : null;
    }

    public static long? ReadId(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>Questions that more than one caller asks of the playground's tables.</summary>
public static class PlaygroundQueries
{
    extension(PlaygroundDb store)
    {
        /// <summary>A channel, or somebody's chat with the bot; null when there is none of that id.</summary>
        public async Task<Conversation?> ConversationAsync(string id, CancellationToken ct)
        {
            if (id.StartsWith(Place.DirectPrefix, StringComparison.Ordinal))
            {
                var personId = id[Place.DirectPrefix.Length..];
                return await store.People.AnyAsync(p => p.Id == personId, ct) ? new Conversation(id, ConversationKind.Personal) : null;
            }

            return (await store.Channels.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct))?.AsConversation();
        }

        public Task<List<PlaygroundPerson>> EverybodyAsync(CancellationToken ct) =>
            store.People.AsNoTracking().OrderBy(p => p.AddedAt).ThenBy(p => p.Id).ToListAsync(ct);

        /// <summary>What <paramref name="me"/> may see of a conversation.</summary>
        public IQueryable<PlaygroundMessage> SeenBy(PlaygroundPerson me, string conversationId) =>
            store.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId && (m.VisibleTo == null || m.VisibleTo == me.Id));
    }
}
