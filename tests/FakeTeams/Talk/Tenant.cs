using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace FakeTeams.Talk;

/// <summary>The tenant's people and conversations.</summary>
public sealed class Tenant(string id)
{
    private readonly ConcurrentDictionary<string, TeamsUser> _users = new();
    private readonly ConcurrentDictionary<string, TeamsConversation> _conversations = new();
    private long _lastMessage = 1_700_000_000_000;

    public string Id => id;

    public IEnumerable<TeamsConversation> Conversations => _conversations.Values;

    /// <param name="name">First and last.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <param name="email">The mailbox, where it is not the name to sign in with.</param>
    public TeamsUser AddUser(string name, string timeZone = "Europe/Berlin", string? email = null)
    {
        var user = new TeamsUser($"29:1{Letters("user " + name, 62)}-_x", Guid(name), name, $"{name.Replace(' ', '.').ToLowerInvariant()}@example.com") { TimeZone = timeZone };
        return _users.GetOrAdd(user.Id, email is null ? user : user with { Email = email });
    }

    /// <summary>A channel of a team; the first one of a team is General, which has the team's id.</summary>
    public TeamsConversation AddChannel(string team, string name, params IEnumerable<TeamsUser> members)
    {
        var teamId = $"19:{Letters("team " + team, 44)}@thread.tacv2";
        return Add(new TeamsConversation
        {
            Id = _conversations.ContainsKey(teamId) ? $"19:{Letters(team + name, 32)}@thread.tacv2" : teamId, Type = ConversationType.Channel, Name = name, TeamId = teamId,
        },
            members);
    }

    public TeamsConversation AddGroupChat(string name, params IEnumerable<TeamsUser> members) =>
        Add(new TeamsConversation { Id = $"19:{Letters("chat " + name, 32)}@thread.v2", Type = ConversationType.GroupChat, Name = name }, members);

    /// <summary>Somebody's chat with the bot: the same one every time.</summary>
    public TeamsConversation PersonalChat(TeamsUser user) =>
        _conversations.GetValueOrDefault(PersonalId(user)) ?? Add(new TeamsConversation { Id = PersonalId(user), Type = ConversationType.Personal }, [user]);

    internal TeamsUser? User(string idOrName) => _users.TryGetValue(idOrName, out var user) ? user
        : _users.Values.FirstOrDefault(u => u.AadObjectId == idOrName || string.Equals(u.PrincipalName, idOrName, StringComparison.OrdinalIgnoreCase));

    internal TeamsConversation? Conversation(string conversationId) => _conversations.GetValueOrDefault(conversationId);

    /// <summary>Whether the bot may open a chat with somebody: the app is there already, or in a conversation that they are in.</summary>
    internal bool CanReach(TeamsUser user) => _conversations.Values.Any(c => c.HasBot && c.Members.Contains(user));

    internal string NextMessageId() => Interlocked.Increment(ref _lastMessage).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string PersonalId(TeamsUser user) => $"a:1{Letters("personal " + user.Id, 60)}";

    private TeamsConversation Add(TeamsConversation conversation, IEnumerable<TeamsUser> members)
    {
        conversation.Members.AddRange(members);
        return _conversations.GetOrAdd(conversation.Id, conversation);
    }

    private static string Letters(string seed, int count)
    {
        var text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        return (text + text)[..count];
    }

    private static string Guid(string seed) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16)).ToString();
}
