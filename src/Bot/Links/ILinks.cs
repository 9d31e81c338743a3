using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Links;

/// <summary>Makes addresses of pages and files for one person. An interface because pages are not known here: they live where HTTP does.</summary>
public interface ILinks
{
    /// <summary>One of the files of an export.</summary>
    Uri Export(LoopId loop, PersonId by, string file);

    /// <summary>The page on which a file of answers is uploaded.</summary>
    Uri Import(LoopId loop, PersonId by);

    /// <summary>Where monitors send evidence about an initiative. The address permits nothing; a key does.</summary>
    Uri Evidence(InitiativeId initiative);
}

/// <summary>What a link says about who may follow it: nothing but the two ids, and for how long.</summary>
public sealed record LoopLink(LoopId Loop, PersonId By)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
}
