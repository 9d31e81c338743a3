using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Links;

/// <summary>Makes addresses of pages and files that need no login. An interface because pages are not known here: they live where HTTP does.</summary>
public interface ILinks
{
    /// <summary>One of the files of an export.</summary>
    Uri Export(LoopId loop, PersonId by, string file);

    /// <summary>The page on which a file of answers is uploaded.</summary>
    Uri Import(LoopId loop, PersonId by);

    /// <summary>Where monitors send evidence about an initiative. The address permits nothing; a key does.</summary>
    Uri Evidence(InitiativeId initiative);

    /// <summary>The report page of an initiative, for whoever is given the address.</summary>
    Uri Report(WorkspaceId workspace, InitiativeId initiative);
}

/// <summary>What a link says about who may follow it: nothing but the two ids, and for how long.</summary>
public sealed record LoopLink(LoopId Loop, PersonId By)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
}

/// <summary>What a link to a report says: which initiative of which workspace. It is posted in a channel, so it is nobody's own.</summary>
/// <param name="Until">When it ends.</param>
public sealed record ReportLink(WorkspaceId Workspace, InitiativeId Initiative, DateTimeOffset Until)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);
}
