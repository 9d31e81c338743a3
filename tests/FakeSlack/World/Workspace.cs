using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>An organisation of workspaces (Enterprise Grid).</summary>
public sealed record Enterprise(string Id, string Name);

/// <summary>A workspace ("team") with its members and channels.</summary>
public sealed class Workspace
{
    private readonly SlackWorld _world;
    private readonly Dictionary<string, Member> _members = [];
    private readonly Dictionary<string, Channel> _channels = [];

    internal Workspace(SlackWorld world, string id, string domain, Enterprise? enterprise)
    {
        _world = world;
        Id = id;
        Domain = domain;
        Enterprise = enterprise;
    }

    public string Id { get; }

    public string Domain { get; }

    public string Name => Domain;

    public Enterprise? Enterprise { get; }

    internal IEnumerable<Member> Members => _members.Values;

    internal IEnumerable<Channel> Channels => _channels.Values;

    /// <summary>Adds a person.</summary>
    public Member AddMember(string id, string name, string timeZone = "Europe/Berlin", bool isAdmin = false)
    {
        lock (_world.Gate)
        {
            return _members[id] = new Member(id, name) { TimeZone = timeZone, IsAdmin = isAdmin };
        }
    }

    /// <summary>Adds a channel with members; the app is in it only when it is invited.</summary>
    public Channel AddChannel(string id, string name, IEnumerable<string> members, ChannelKind kind = ChannelKind.Public)
    {
        lock (_world.Gate)
        {
            var channel = new Channel(this, id, name, kind);
            channel.Joined.AddRange(members);
            return _channels[id] = channel;
        }
    }

    public Member? FindMember(string id)
    {
        lock (_world.Gate)
        {
            return _members.GetValueOrDefault(id);
        }
    }

    /// <param name="idOrName">An id, or a name with #.</param>
    public Channel? FindChannel(string idOrName)
    {
        lock (_world.Gate)
        {
            return idOrName.StartsWith('#') ? _channels.Values.FirstOrDefault(channel => channel.Name == idOrName[1..]) : _channels.GetValueOrDefault(idOrName);
        }
    }

    internal void AddBot(Member bot) => _members[bot.Id] = bot;

    /// <summary>The direct chat of two, opened when there is none.</summary>
    internal Channel Direct(string one, string other) =>
        FindDirect(one, other) ?? AddChannel(_world.Ids.Next("D"), "", [one, other], ChannelKind.Direct);

    internal Channel? FindDirect(string one, string other) =>
        _channels.Values.FirstOrDefault(channel => channel.Kind == ChannelKind.Direct && channel.Members.Contains(one) && channel.Members.Contains(other));

    internal JsonObject ShowTeam()
    {
        var team = new JsonObject { ["id"] = Id, ["domain"] = Domain };
        if (Enterprise is not null)
        {
            team["enterprise_id"] = Enterprise.Id;
            team["enterprise_name"] = Enterprise.Name;
        }

        return team;
    }
}
