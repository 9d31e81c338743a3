using System.Collections.Concurrent;
using Bot.Chat;

namespace Bot.Tests;

/// <summary>A chat platform that records what it is told, in order, and can be told to fail.</summary>
internal sealed class RecordingChat : IChatPlatform
{
    private readonly ConcurrentQueue<Message> _posts = new();

    public static PlatformName TheName { get; } = new("recording");

    public PlatformName Name => TheName;

    /// <summary>Asked before each post and update; what it returns is the outcome instead.</summary>
    public Func<string, PostOutcome?> Fails { get; set; } = _ => null;

    /// <summary>Runs while a post is on its way.</summary>
    public Func<string, Task> OnItsWay { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<Message> Posts => [.. _posts];

    public List<ChatPerson> Members { get; } = [];

    /// <summary>Who is in a conversation, by its id, where that is not everybody.</summary>
    public Dictionary<string, IReadOnlyList<ChatPerson>> Rosters { get; } = [];

    public string? EmailNeeds { get; set; }

    public IEnumerable<Message> To(string conversation) => Posts.Where(m => m.Conversation == conversation);

    public Message Post(string keyStart) => Posts.Single(m => m.Key.StartsWith(keyStart, StringComparison.Ordinal));

    public async Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct)
    {
        await OnItsWay(key);
        if (Fails(key) is { } failed)
        {
            return failed;
        }

        var (conversation, thread) = to switch
        {
            Destination.ToPerson person => ("dm-" + person.PersonId, null),
            Destination.ToConversation channel => (channel.Conversation.Id, channel.Thread?.MessageId),
            _ => throw new ArgumentException("Unknown destination.", nameof(to)),
        };
        var message = new Message($"m{_posts.Count + 1}-{Guid.NewGuid():N}", key, conversation, thread, card);
        _posts.Enqueue(message);
        return new PostOutcome.Posted(new MessageRef(conversation, message.Id));
    }

    public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct)
    {
        if (Fails(message.MessageId) is { } failed)
        {
            return Task.FromResult(failed);
        }

        var post = Posts.Single(p => p.Id == message.MessageId && p.Conversation == message.ConversationId);
        post.Versions.Add(card);
        return Task.FromResult<PostOutcome>(new PostOutcome.Posted(message));
    }

    public Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct) =>
        Task.FromResult(Rosters.GetValueOrDefault(conversation.Id, Members));

    public Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) =>
        Task.FromResult(Members.Find(m => m.Id == personId));
}

/// <summary>A message as the platform has it.</summary>
internal sealed record Message(string Id, string Key, string Conversation, string? Thread, Card First)
{
    public List<Card> Versions { get; } = [First];

    public Card Card => Versions[^1];

    /// <summary>Everything a reader can see of it, as text.</summary>
    public string Shown => CardText.Of(Card);
}
