namespace Bot.Web.Links;

/// <summary>The style sheet of the pages behind links.</summary>
public static class LinkStyle
{
    public const string Path = "/links/links.css";

    public static Sheet Sheet { get; } = new("links/links.css");
}
