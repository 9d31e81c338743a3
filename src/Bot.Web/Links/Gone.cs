using Bot.Web.Links.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Web.Links;

/// <summary>Pages that only say something.</summary>
public static class Gone
{
    /// <summary>One answer for a link that never was, was changed, has ended, or is somebody's who may not any more.</summary>
    public static IResult Link() => Page(
        StatusCodes.Status404NotFound,
        "This link has ended",
        "Links work for one hour, and only while the person they were made for owns the initiative or administers the workspace."
        + " Ask for a new one in the chat: /pilot export for files, /pilot loop import to bring answers.");

    /// <summary>As <see cref="Link"/>, for a report.</summary>
    public static IResult Report() => Page(
        StatusCodes.Status404NotFound, "This link has ended", "Links to a report work for 14 days. Ask for a new one in the chat: /pilot report. Each digest has one too.");

    public static IResult Page(int status, string title, string text) =>
        new RazorComponentResult<GonePage>(new { Title = title, Text = text }) { StatusCode = status, PreventStreamingRendering = true };
}
